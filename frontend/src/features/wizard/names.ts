// Names to begin with. Kubeconfigs of thirty clusters often have thirty contexts of one name.

import { hasUnseen } from '../../lib/visible'
import type { Candidate } from '../../wails/model'
import { importable } from './verdict'

const MOST = 253

/** The candidates, with names that differ from each other and hold only what a name may hold. */
export function proposeNames(candidates: readonly Candidate[]): Candidate[] {
  const used = new Set<string>()
  return candidates.map((c) => {
    if (!importable(c) || c.memberID !== '') return c
    const name = unused(tidy(c.name), used)
    used.add(name)
    return { ...c, name }
  })
}

function tidy(name: string): string {
  const seen = [...name].filter((character) => !hasUnseen(character))
  return seen.slice(0, MOST).join('').trim() || 'cluster'
}

function unused(name: string, used: ReadonlySet<string>): string {
  if (!used.has(name)) return name
  for (let n = 2; ; n++) {
    const suffix = `-${n}`
    const next = [...name].slice(0, MOST - suffix.length).join('') + suffix
    if (!used.has(next)) return next
  }
}
