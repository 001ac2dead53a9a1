import { assertNever } from '../../lib/assertNever'
import type { Member } from '../../wails/model'

/** The one action that helps a member, by its id in ACTIONS, with the words of its button. */
export interface Help {
  id: 'credentials' | 'signIn' | 'approve' | 'run' | 'retry' | 'on'
  title: string
}

/** What Go says helps; where it says nothing, what the state asks for. */
export function helpOf(m: Member): Help | null {
  switch (m.action) {
    case 'signIn':
      return { id: 'signIn', title: 'Sign in' }
    case 'approve':
      return { id: 'approve', title: 'Allow its program' }
    case 'run':
      return { id: 'run', title: 'Run its program' }
    case 'replaceCredentials':
      return { id: 'credentials', title: 'Give new credentials' }
    case 'retry':
      return { id: 'retry', title: 'Try now' }
    default:
      return byState(m)
  }
}

function byState(m: Member): Help | null {
  switch (m.state) {
    case 'needsCredentials':
      // A proposed endpoint asks its own question; credentials are not what is missing then.
      return m.proposed ? null : { id: 'credentials', title: 'Give credentials' }
    case 'needsLogin':
      return { id: 'credentials', title: 'Give new credentials' }
    case 'denied':
      return { id: 'credentials', title: 'Replace credentials' }
    case 'unreachable':
      return { id: 'retry', title: 'Try now' }
    case 'off':
      return { id: 'on', title: 'Switch on' }
    case 'connecting':
    case 'ready':
      return null
    default:
      return assertNever(m.state)
  }
}

/** The help that a row offers itself: what only the person can do, and at once. */
export function rowHelp(m: Member): Help | null {
  const help = helpOf(m)
  return help && ['signIn', 'approve', 'run'].includes(help.id) ? help : null
}

/** The state's words where the action says it better. */
export function needWords(m: Member): string | undefined {
  if (m.action === 'approve') return 'Needs approval'
  return m.action === 'run' ? 'Asks for you' : undefined
}
