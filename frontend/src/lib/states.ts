import type { MemberState } from '../wails/model'

/** Every state with its words, worst first; the order is what sorting by state means. */
export const STATE_WORDS: Record<MemberState, string> = {
  unreachable: 'Unreachable',
  denied: 'Denied',
  needsLogin: 'Sign in again',
  needsCredentials: 'Needs credentials',
  connecting: 'Connecting',
  ready: 'Ready',
  off: 'Off',
}

export const STATES: readonly MemberState[] = [
  'unreachable',
  'denied',
  'needsLogin',
  'needsCredentials',
  'connecting',
  'ready',
  'off',
]
