// What a way of keeping the view means, and when a passphrase is needed for it. Pure; Go has the last word.
import type { Mode, Seal } from '../../wails/model'

/** A mode that a person can choose: all but "not chosen yet". */
export type ChosenMode = Exclude<Mode, ''>

export interface Plan {
  mode: ChosenMode
  carries: boolean
}

/** A sealed view and carried credentials both lie on the primary encrypted, so both want a passphrase. */
export function wantsPassphrase(plan: Plan): boolean {
  return plan.mode === 'sealed' || plan.carries
}

/** True when this view has a passphrase already. */
export function hasPassphrase(seal: Seal): boolean {
  return seal.mode !== '' && wantsPassphrase({ mode: seal.mode, carries: seal.carries })
}

/** True when the change from what is to the plan needs a first passphrase. */
export function needsNewPassphrase(now: Seal, plan: Plan): boolean {
  return wantsPassphrase(plan) && !hasPassphrase(now)
}

export const MODE_TITLE: Record<ChosenMode, string> = { sealed: 'Sealed', open: 'Open list' }

export const MODE_TEXT: Record<ChosenMode, string> = {
  sealed:
    'Your list of clusters is encrypted before it leaves this machine. Whoever can read Secrets on the primary, its administrators included, sees that a view exists and nothing else.',
  open: 'Your list of clusters lies on the primary as plain text: names, servers, groups and labels. Whoever can read Secrets there can read it. Fit for a cluster that is your own.',
}

export const CARRY_TEXT: Record<'on' | 'off', string> = {
  on: 'Every cluster’s credentials travel with the view, encrypted with your passphrase. On a new machine you give the passphrase once and everything connects.',
  off: 'Credentials stay in this machine’s keychain. On a new machine your clusters are listed, and you give each its kubeconfig once.',
}
