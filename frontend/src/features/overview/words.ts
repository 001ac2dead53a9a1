import type { Seed } from '../../lib/places'
import type { TableQuery } from '../../wails/model'

/** "1 pod", "2,345 pods". */
export function counted(n: number, noun: string): string {
  return `${n.toLocaleString()} ${n === 1 ? noun : `${noun}s`}`
}

/** Leads to the rows that a number stands for. */
export function seedOf({ kind, filter, sort, desc }: TableQuery): Seed {
  return sort === '' ? { kind, filter } : { kind, filter, sort, desc }
}
