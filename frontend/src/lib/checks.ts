import type { Check } from '../wails/model'

export type CheckState = 'running' | 'ok' | 'warning' | 'failed' | 'skipped'

const STATES: ReadonlySet<string> = new Set<CheckState>(['running', 'ok', 'warning', 'failed', 'skipped'])

/** A state that this page doesn't know is a warning: calling it fine could be wrong. */
export function checkState(check: Check): CheckState {
  return isCheckState(check.state) ? check.state : 'warning'
}

function isCheckState(state: string): state is CheckState {
  return STATES.has(state)
}
