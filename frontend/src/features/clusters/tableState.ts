import { useMemo, useState } from 'react'
import type { ClusterSeed } from '../../lib/places'
import type { MemberState } from '../../wails/model'
import { type Filters, noFilters } from './rows'

/**
 * Where each piece of this page's state lives. A new key does not compile until it is placed.
 * view: in the view, synced by Go; session: in the page until it closes.
 */
export const STATE_LIVES = {
  columns: 'view',
  sort: 'view',
  desc: 'view',
  groupBy: 'view',
  search: 'session',
  states: 'session',
  labels: 'session',
  selected: 'session',
  closedGroups: 'session',
} as const satisfies Record<string, 'view' | 'session'>

export interface TableState {
  filters: Filters
  filtering: boolean
  selected: ReadonlySet<string>
  closedGroups: ReadonlySet<string>
  search(text: string): void
  toggleState(state: MemberState): void
  toggleLabel(label: string): void
  clearFilters(): void
  select(ids: string[], on: boolean): void
  clearSelection(): void
  toggleGroup(key: string): void
}

/** What of the page's state belongs to the session. */
export function useTableState({ states = [], search = '' }: ClusterSeed = {}): TableState {
  const [filters, setFilters] = useState<Filters>(() => ({ ...noFilters, states: new Set(states), search }))
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [closedGroups, setClosed] = useState<ReadonlySet<string>>(new Set())
  const commands = useMemo(
    () => ({
      search: (text: string) => setFilters((f) => ({ ...f, search: text })),
      toggleState: (state: MemberState) => setFilters((f) => ({ ...f, states: toggled(f.states, state) })),
      toggleLabel: (label: string) => setFilters((f) => ({ ...f, labels: toggled(f.labels, label) })),
      clearFilters: () => setFilters(noFilters),
      select: (ids: string[], on: boolean) =>
        setSelected((old) => (on ? new Set([...old, ...ids]) : new Set([...old].filter((id) => !ids.includes(id))))),
      clearSelection: () => setSelected(new Set()),
      toggleGroup: (key: string) => setClosed((old) => toggled(old, key)),
    }),
    [],
  )
  const filtering = filters.search.trim() !== '' || filters.states.size > 0 || filters.labels.size > 0
  return { filters, filtering, selected, closedGroups, ...commands }
}

function toggled<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const next = new Set(set)
  if (!next.delete(item)) next.add(item)
  return next
}
