import { useEffect, useLayoutEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { useBackend } from '../../wails/context'
import { type Ask, Table, type TableNow } from '../../wails/stores/table'

/** The table that answers this question, kept current while mounted, and all of it but the rows, which the grid reads itself. */
export function useTable(ask: Ask): { table: Table } & Pick<TableNow, 'head' | 'busy' | 'failure'> {
  const backend = useBackend()
  const table = useMemo(() => new Table(backend), [backend])
  useLayoutEffect(() => table.ask(ask), [table, ask])
  useEffect(() => table.start(), [table])
  const head = useStore(table.store, (now) => now.head)
  const busy = useStore(table.store, (now) => now.busy)
  const failure = useStore(table.store, (now) => now.failure)
  return { table, head, busy, failure }
}
