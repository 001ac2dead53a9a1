import type { LogSource } from '../../wails/model'

/** How a source can stand, in words. */
export const STATES = { waiting: 'Waiting', live: 'Live', ended: 'Ended', failed: 'Failed' } as const

export type SourceState = keyof typeof STATES

/** A state that this page doesn't know counts as waiting: it says nothing wrong. */
export function stateOf({ state }: LogSource): SourceState {
  return Object.hasOwn(STATES, state) ? (state as SourceState) : 'waiting'
}

/** "3 of 5 sources live" */
export function sourcesWords(sources: readonly LogSource[]): string {
  const live = sources.filter((s) => stateOf(s) === 'live').length
  const noun = sources.length === 1 ? 'source' : 'sources'
  const failed = sources.filter((s) => stateOf(s) === 'failed').length
  if (failed > 0) return `${live} of ${sources.length} ${noun} live, ${failed} failed`
  return live === sources.length ? `${live} ${noun} live` : `${live} of ${sources.length} ${noun} live`
}

/** Why lines of sources are not there, each cluster and reason once. */
export function failures(sources: readonly LogSource[]): { member: string; why: string }[] {
  const all = sources.filter((s) => stateOf(s) === 'failed').map(({ member, why }) => ({ member, why }))
  return all.filter((one, i) => all.findIndex((o) => o.member === one.member && o.why === one.why) === i)
}
