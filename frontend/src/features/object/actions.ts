import { assertNever } from '../../lib/assertNever'
import type { ActionID, Object as Thing } from '../../wails/model'
import { placeName } from './refs'

/** The actions that ask in a dialog; the others only lead somewhere. */
export type Asked = Exclude<ActionID, 'edit' | 'logs'>

interface Words {
  /** In menus. */
  title: string
  /** On the dialog's button. */
  confirm: string
  /** When it is done. */
  done: string
}

export const WORDS: Record<ActionID, Words> = {
  edit: { title: 'Edit YAML', confirm: 'Save', done: 'Saved' },
  logs: { title: 'Logs', confirm: '', done: '' },
  scale: { title: 'Scale…', confirm: 'Scale', done: 'Scaled' },
  restart: { title: 'Restart…', confirm: 'Restart', done: 'Restarted' },
  suspend: { title: 'Suspend…', confirm: 'Suspend', done: 'Suspended' },
  resume: { title: 'Resume…', confirm: 'Resume', done: 'Resumed' },
  cordon: { title: 'Cordon…', confirm: 'Cordon', done: 'Cordoned' },
  uncordon: { title: 'Uncordon…', confirm: 'Uncordon', done: 'Uncordoned' },
  delete: { title: 'Delete…', confirm: 'Delete', done: 'Deleted' },
}

/** "Deployment shop/web" */
export function called(thing: Thing): string {
  return `${thing.kind} ${placeName(thing.ref)}`
}

/** What the plain actions do, in one sentence. */
export function effect(action: Exclude<Asked, 'delete' | 'scale'>, thing: Thing, member: string): string {
  const it = `${called(thing)} in ${member}`
  switch (action) {
    case 'restart':
      return `All pods of ${it} are replaced by new ones, as its update strategy says.`
    case 'suspend':
      return thing.kind === 'Job'
        ? `The pods of ${it} are stopped; when it is resumed, new ones begin.`
        : `${it} starts nothing new until it is resumed; what runs goes on.`
    case 'resume':
      return `${it} goes on with its work.`
    case 'cordon':
      return `No new pods are placed on ${it}; those that run there stay.`
    case 'uncordon':
      return `New pods can be placed on ${it} again.`
    default:
      return assertNever(action)
  }
}
