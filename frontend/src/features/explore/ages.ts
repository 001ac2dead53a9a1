import type { Column } from '../../wails/model'

/** The times to filter by, in seconds. */
export const AGES = [300, 3600, 86_400] as const

const UNITS: [seconds: number, one: string, many: string][] = [
  [86_400, 'day', 'days'],
  [3600, 'hour', 'hours'],
  [60, 'minute', 'minutes'],
  [1, 'second', 'seconds'],
]

/** "hour", "5 minutes": what goes after "the last". */
export function spell(seconds: number): string {
  const [unit, one, many] = UNITS.find(([size]) => seconds % size === 0) ?? [1, 'second', 'seconds']
  const n = seconds / unit
  return n === 1 ? one : `${n.toLocaleString()} ${many}`
}

/** What such a time is about: events are dated by when they came last, the rest by when they were made. */
export function datedBy(columns: readonly Column[]): 'Seen' | 'Created' {
  return columns.some((c) => c.dated && c.id !== 'age') ? 'Seen' : 'Created'
}
