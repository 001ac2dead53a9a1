// What a session with an identity provider is called on screen, and which of them wait for the person. Pure.
import { assertNever } from '../../lib/assertNever'
import type { SignIn, SignInState, Subject } from '../../wails/model'

/** True when nothing goes on until the person does something. */
export function needsPerson({ state }: SignIn): boolean {
  return state === 'needed' || state === 'failed'
}

/** True while a sign-in is under way. */
export function underWay({ state }: SignIn): boolean {
  return state === 'starting' || state === 'browser' || state === 'device'
}

export function isSignedIn({ state }: SignIn): boolean {
  return state === 'ok' || state === 'refreshing'
}

/** The whole queue in few words, for the header. */
export function queueWords(all: readonly SignIn[]): string {
  const needed = all.filter(needsPerson).length
  if (needed > 0) return needed === 1 ? '1 sign-in needed' : `${needed} sign-ins needed`
  return all.some(underWay) ? 'Signing in…' : 'Signed in'
}

export function stateWords(state: SignInState): string {
  switch (state) {
    case 'needed':
      return 'Needs you to sign in'
    case 'starting':
      return 'Asking the identity provider…'
    case 'browser':
      return 'Waiting for your browser'
    case 'device':
      return 'Waiting for your code'
    case 'ok':
      return 'Signed in'
    case 'refreshing':
      return 'Signed in; being renewed'
    case 'failed':
      return 'The sign-in failed'
    default:
      return assertNever(state)
  }
}

/** Whom a session is begun for: any member will do, for all that use it share it. Null when there is none any more. */
export function subjectOf({ memberIDs }: SignIn): Subject | null {
  const [memberID] = memberIDs
  return memberID === undefined ? null : { memberID, ticket: '', index: 0 }
}
