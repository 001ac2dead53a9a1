// How the test of one candidate stands, and of all together. Pure.
import type { Candidate, Check } from '../../wails/model'

export type Standing = 'waiting' | 'running' | 'passed' | 'warned' | 'failed'

export type CheckState = 'running' | 'ok' | 'warning' | 'failed' | 'skipped'

const STATES: ReadonlySet<string> = new Set<CheckState>(['running', 'ok', 'warning', 'failed', 'skipped'])

/** A state that this page doesn't know is a warning: calling it fine could be wrong. */
export function checkState(check: Check): CheckState {
  return isCheckState(check.state) ? check.state : 'warning'
}

function isCheckState(state: string): state is CheckState {
  return STATES.has(state)
}

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
