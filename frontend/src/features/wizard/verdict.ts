// What the page makes of one candidate: whether it can be picked, how loud its flags are, and what clashes with it.
import type { Candidate, Flag } from '../../wails/model'

/** problem: can't be imported. member: would replace that member's credentials. The rest can be added, with louder or quieter flags. */
export type Verdict = 'problem' | 'member' | 'danger' | 'warning' | 'clear'

export type Severity = 'info' | 'warning' | 'danger'

/** A severity that this page doesn't know is shown as a warning: quieter could hide something. */
export function severityOf(flag: Flag): Severity {
  return flag.severity === 'info' || flag.severity === 'danger' ? flag.severity : 'warning'
}

const LOUDNESS: Record<Severity, number> = { info: 0, warning: 1, danger: 2 }

/** The flags, loudest first; the order among equals is Go's. */
export function byLoudness(flags: readonly Flag[]): Flag[] {
  return flags.toSorted((a, b) => LOUDNESS[severityOf(b)] - LOUDNESS[severityOf(a)])
}

export function verdictOf(candidate: Candidate): Verdict {
  if (candidate.problem !== '') return 'problem'
  if (candidate.memberID !== '') return 'member'
  const loudest = byLoudness(candidate.flags)[0]
  if (loudest === undefined) return 'clear'
  const severity = severityOf(loudest)
  return severity === 'info' ? 'clear' : severity
}

export function importable(candidate: Candidate): boolean {
  return candidate.problem === ''
}

/** Two candidates with the same key are the same cluster and user; many kubeconfigs have one context per namespace. */
export function sameKey(c: Candidate): string {
  const who = c.identity === '' ? JSON.stringify([c.source, c.user]) : c.identity
  return JSON.stringify([c.server, c.ca, c.authKind, who])
}

/** The candidates that hold every word of the query somewhere in what the list shows. */
export function search(candidates: readonly Candidate[], query: string): Candidate[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...candidates]
  return candidates.filter((c) => {
    const text = [c.context, c.cluster, c.user, c.name, c.server, c.source, c.identity, c.authKind, c.memberName]
      .join('\n')
      .toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** What "select all" takes: all that can be added, one per cluster and user; twins counts those left out for that. */
export function addable(candidates: readonly Candidate[]): { indexes: number[]; twins: number } {
  const seen = new Set<string>()
  const indexes: number[] = []
  let twins = 0
  for (const c of candidates) {
    const verdict = verdictOf(c)
    if (verdict === 'problem' || verdict === 'member') continue
    if (seen.has(sameKey(c))) {
      twins++
      continue
    }
    seen.add(sameKey(c))
    indexes.push(c.index)
  }
  return { indexes, twins }
}
