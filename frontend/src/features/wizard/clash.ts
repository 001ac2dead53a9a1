// A pick either adds a member or, when that cluster and user are in the view already, replaces that member's credentials.
import type { Candidate } from '../../wails/model'
import { sameKey } from './verdict'

export function adding(chosen: readonly Candidate[]): Candidate[] {
  return chosen.filter((c) => c.memberID === '')
}

export function replacing(chosen: readonly Candidate[]): Candidate[] {
  return chosen.filter((c) => c.memberID !== '')
}

/** Members that two picks would give credentials to; only one of those can stay. */
export function contested(chosen: readonly Candidate[]): string[] {
  const names = replacing(chosen)
  const twice = names.filter((c, i) => names.some((other, j) => j < i && other.memberID === c.memberID))
  return [...new Set(twice.map((c) => c.memberName))]
}

/** For each added pick that is the same cluster and user as an earlier one: that earlier one's context. */
export function twins(chosen: readonly Candidate[]): Map<number, string> {
  const first = new Map<string, string>()
  const found = new Map<number, string>()
  for (const c of adding(chosen)) {
    const context = first.get(sameKey(c))
    if (context === undefined) first.set(sameKey(c), c.context)
    else found.set(c.index, context)
  }
  return found
}
