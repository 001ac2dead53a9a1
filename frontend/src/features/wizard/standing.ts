// How the test of one candidate stands, and of all together. Pure.
import { checkState } from '../../lib/checks'
import type { Candidate } from '../../wails/model'

export type Standing = 'waiting' | 'running' | 'passed' | 'warned' | 'failed'

export function standingOf(c: Candidate): Standing {
  if (!c.tested) return c.checks.length > 0 ? 'running' : 'waiting'
  if (!c.passed) return 'failed'
  return c.checks.some((check) => checkState(check) === 'warning') ? 'warned' : 'passed'
}

export interface Tally {
  total: number
  done: number
  failed: number
}

export function tally(candidates: readonly Candidate[]): Tally {
  const standings = candidates.map(standingOf)
  return {
    total: standings.length,
    done: standings.filter((s) => s !== 'waiting' && s !== 'running').length,
    failed: standings.filter((s) => s === 'failed').length,
  }
}

/** The checks' own time, in ms. */
export function took(c: Candidate): number {
  return c.checks.reduce((sum, check) => sum + Math.max(check.ms, 0), 0)
}
