// Which context to begin with, and which others go with it. Pure.
import type { Candidate } from '../../wails/model'
import { chosen, type Picks } from '../wizard/picks'
import { importable, sameKey } from '../wizard/verdict'

/** The context to begin with: the file's current one when it can be used, else the first that can. */
export function startWith(candidates: readonly Candidate[]): number | null {
  const usable = candidates.filter(importable)
  return (usable.find((c) => c.current) ?? usable[0])?.index ?? null
}

/** What is ticked beside the primary, without other contexts of the primary's own cluster and user. */
export function othersOf(picks: Picks, candidates: readonly Candidate[], primary: Candidate | undefined): Candidate[] {
  return chosen(picks, candidates).filter((c) => primary === undefined || sameKey(c) !== sameKey(primary))
}
