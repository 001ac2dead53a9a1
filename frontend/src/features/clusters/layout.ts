import type { Layout } from '../../wails/model'
import { type ColumnID, DEFAULT_COLUMNS, isColumn } from './columns'

export type GroupBy = '' | 'group' | 'state' | 'distribution' | `label:${string}`

/** The layout as this page can use it. */
export interface TableLayout {
  columns: ColumnID[]
  sort: ColumnID | ''
  desc: boolean
  groupBy: GroupBy
}

/** Reads a layout that may come from another version: what is unknown falls away, the name always shows and is first. */
export function restore(stored: Layout): TableLayout {
  const known = [...new Set(stored.columns.filter(isColumn))]
  const rest = (known.length > 0 ? known : DEFAULT_COLUMNS).filter((id) => id !== 'name')
  return {
    columns: ['name', ...rest],
    sort: isColumn(stored.sort) ? stored.sort : '',
    desc: stored.desc,
    groupBy: groupBy(stored.groupBy),
  }
}

function groupBy(stored: string): GroupBy {
  if (stored === 'group' || stored === 'state' || stored === 'distribution') return stored
  return stored.startsWith('label:') && stored.length > 6 ? `label:${stored.slice(6)}` : ''
}

/** The next sort of a header that was pressed: up, down, then the view's own order. */
export function pressed(layout: TableLayout, id: ColumnID): TableLayout {
  if (layout.sort !== id) return { ...layout, sort: id, desc: false }
  return layout.desc ? { ...layout, sort: '', desc: false } : { ...layout, desc: true }
}
