import type { Backend } from '../../wails/backend'
import type { Member } from '../../wails/model'
import type { OpenDialog } from './dialogs'

/** What an action is done to and with. */
export interface ActionContext {
  /** One member, or the selected ones. */
  targets: Member[]
  backend: Backend
  act: (work: () => Promise<unknown>, done?: string) => void
  open: (dialog: OpenDialog) => void
  giveCredentials: (member: Member) => void
  signIn: (member: Member) => void
  program: (member: Member) => void
  details: (member: Member) => void
  /** Why rows can't be moved by hand now, '' when they can. */
  orderHeld: string
  /** For moveMember: '' is the end, null is nowhere to go. */
  moveTarget: (id: string, way: 'up' | 'down') => string | null
}

export interface Action {
  id: string
  title: string
  keys?: string
  danger?: boolean
  /** Starts a new part of the menu. */
  parted?: boolean
  /** True when several members can be its targets. */
  bulk?: boolean
  /** False hides it. */
  shown?: (targets: Member[]) => boolean
  /** Why it can't be done now; '' when it can. */
  refused?: (context: ActionContext) => string
  run: (context: ActionContext) => void
}

const ids = (targets: Member[]) => targets.map((m) => m.id)
const named = (targets: Member[]) => (targets.length === 1 ? (targets[0]?.name ?? '') : `${targets.length} clusters`)
const some = (test: (m: Member) => boolean) => (targets: Member[]) => targets.some(test)
const isOff = (m: Member) => m.state === 'off'
// One whose view names another server has credentials, for the old one.
const isBare = (m: Member) => m.state === 'needsCredentials' && m.proposed === null
const asks = (action: string) => some((m) => m.action === action)
const locked = some((m) => m.guard === 'protected' && m.unlockedUntil === 0)
const NO_CREDENTIALS = 'This machine has no credentials for it.'

/** For actions of one member. */
function one(run: (member: Member, context: ActionContext) => void): Action['run'] {
  return (context) => {
    const [member] = context.targets
    if (member) run(member, context)
  }
}

function move(way: 'up' | 'down'): Pick<Action, 'refused' | 'run'> {
  const to = (context: ActionContext) => context.moveTarget(context.targets[0]?.id ?? '', way)
  return {
    refused: (context) =>
      context.orderHeld || (to(context) === null ? `It is the ${way === 'up' ? 'first' : 'last'} one.` : ''),
    run: one((member, context) => {
      const before = to(context)
      if (before !== null) context.act(() => context.backend.moveMember(member.id, before))
    }),
  }
}

/** Everything that can be done to a member: menus, keys and the bulk bar read this list. */
export const ACTIONS: readonly Action[] = [
  { id: 'details', title: 'Show details', keys: 'Enter', run: one((m, c) => c.details(m)) },
  { id: 'edit', title: 'Edit…', keys: 'E', run: one((m, c) => c.open({ kind: 'edit', member: m })) },
  { id: 'guard', title: 'Guard against changes…', run: one((m, c) => c.open({ kind: 'guard', member: m })) },
  {
    id: 'unlock',
    title: 'Unlock for changes…',
    shown: locked,
    run: one((m, c) => c.open({ kind: 'unlock', member: m })),
  },
  {
    id: 'lock',
    title: 'Lock again',
    shown: some((m) => m.unlockedUntil > 0),
    run: one((m, c) => c.act(() => c.backend.guards.lock(m.id), `${m.name} is locked again`)),
  },
  { id: 'signIn', title: 'Sign in', shown: asks('signIn'), run: one((m, c) => c.signIn(m)) },
  { id: 'approve', title: 'Allow its program…', shown: asks('approve'), run: one((m, c) => c.program(m)) },
  { id: 'run', title: 'Run its program…', shown: asks('run'), run: one((m, c) => c.program(m)) },
  { id: 'credentials', title: 'Replace credentials…', run: one((m, c) => c.giveCredentials(m)) },
  {
    id: 'forget',
    title: 'Forget credentials',
    bulk: true,
    refused: (c) => (c.targets.every(isBare) ? NO_CREDENTIALS : ''),
    run: (c) => c.act(() => c.backend.forgetCredentials(ids(c.targets.filter((m) => !isBare(m))))),
  },
  {
    id: 'retry',
    title: 'Try now',
    keys: 'R',
    bulk: true,
    refused: (c) => (c.targets.every(isOff) ? 'It is switched off.' : ''),
    run: (c) => c.act(() => c.backend.retry(ids(c.targets.filter((m) => !isOff(m))))),
  },
  {
    id: 'off',
    title: 'Switch off',
    bulk: true,
    shown: some((m) => !isOff(m)),
    run: (c) => c.act(() => c.backend.switchMembers(ids(c.targets), true), `Switched off ${named(c.targets)}`),
  },
  {
    id: 'on',
    title: 'Switch on',
    bulk: true,
    shown: some(isOff),
    run: (c) => c.act(() => c.backend.switchMembers(ids(c.targets), false), `Switched on ${named(c.targets)}`),
  },
  { id: 'up', title: 'Move up', parted: true, ...move('up') },
  { id: 'down', title: 'Move down', ...move('down') },
  {
    id: 'makePrimary',
    title: 'Make primary…',
    parted: true,
    shown: some((m) => !m.primary),
    run: one((m, c) => c.open({ kind: 'makePrimary', member: m })),
  },
  {
    id: 'copyView',
    title: 'Copy this view to it…',
    shown: some((m) => !m.primary),
    run: one((m, c) => c.open({ kind: 'copyView', member: m })),
  },
  {
    id: 'copyConfig',
    title: 'Copy kubeconfig without secrets',
    parted: true,
    run: one((m, c) =>
      c.act(() => c.backend.copyKubeconfig(m.id, 'public'), `Copied the kubeconfig of ${m.name}, without its secrets`),
    ),
  },
  {
    id: 'copyProgram',
    title: 'Copy kubeconfig for kubectl through Binnacle',
    run: one((m, c) =>
      c.act(
        () => c.backend.copyKubeconfig(m.id, 'program'),
        `Copied the kubeconfig of ${m.name}. kubectl asks Binnacle for the credentials; no secret is in it.`,
      ),
    ),
  },
  {
    id: 'copySecrets',
    title: 'Copy kubeconfig with secrets…',
    refused: (c) => (c.targets.some(isBare) ? NO_CREDENTIALS : ''),
    run: one((m, c) => c.open({ kind: 'copySecrets', member: m })),
  },
  { id: 'diagnostics', title: 'Show diagnostics…', run: one((m, c) => c.open({ kind: 'diagnostics', member: m })) },
  {
    id: 'remove',
    title: 'Remove…',
    keys: 'Del',
    danger: true,
    parted: true,
    bulk: true,
    run: (c) => c.open({ kind: 'remove', members: c.targets }),
  },
]

/** The actions to offer for these targets, in order. */
export function actionsFor(targets: Member[]): Action[] {
  if (targets.length === 0) return []
  return ACTIONS.filter((a) => (targets.length === 1 || a.bulk) && (a.shown?.(targets) ?? true))
}

/** Runs an action by its id, as keys do; nothing happens when it is not offered or is refused. */
export function runAction(id: string, context: ActionContext): void {
  const action = actionsFor(context.targets).find((a) => a.id === id)
  if (action && !action.refused?.(context)) action.run(context)
}
