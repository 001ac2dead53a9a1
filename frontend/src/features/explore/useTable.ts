import { useEffect, useLayoutEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { useBackend } from '../../wails/context'
import { type Ask, Table, type TableNow } from '../../wails/stores/table'

/** The table that answers this question, kept current while mounted. */
export function useTable(ask: Ask): { table: Table; now: TableNow } {
  const backend = useBackend()
  const table = useMemo(() => new Table(backend), [backend])
  useLayoutEffect(() => table.ask(ask), [table, ask])
  useEffect(() => table.start(), [table])
  return { table, now: useStore(table.store) }
}
