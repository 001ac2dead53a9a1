import type { Column, Row, TableLayout } from '../../wails/model'

/** A column as it shows. */
export interface Shown extends Column {
  /** Where its cell is among a row's; -1 for those that are fields of the row. */
  cell: number
  /** px; 0 when the person has not set one. */
  set: number
  /** px that it needs at least. */
  least: number
}

export const NARROWEST = 56
const WIDEST = 1200
/** The columns before and after the person's own: the mark and the three dots, px. */
export const FRAME = { before: 16, after: 44 }

export function noLayout(kind: string): TableLayout {
  return { kind, columns: [], widths: {}, sort: '', desc: false }
}

/** The columns to show, in order: the layout's that are there, or all but the wide ones. The name always shows. */
export function shownColumns(columns: readonly Column[], layout: Pick<TableLayout, 'columns' | 'widths'>): Shown[] {
  const all = withCells(columns)
  const chosen = layout.columns.flatMap((id) => all.find((c) => c.id === id) ?? [])
  const list = chosen.length > 0 ? chosen : defaults(all)
  const name = all.find((c) => c.id === 'name')
  const whole = !name || list.includes(name) ? list : [name, ...list]
  return whole.map((c) => ({ ...c, set: clamped(layout.widths[c.id] ?? 0) }))
}

/** The columns in the order of the chooser when nothing was chosen: the age comes last. */
export function defaults<C extends Column>(columns: readonly C[]): C[] {
  const plain = columns.filter((c) => !c.wide && c.id !== 'age')
  return [...plain, ...columns.filter((c) => c.id === 'age')]
}

function withCells(columns: readonly Column[]): Shown[] {
  let next = 0
  return columns.map((c) => ({ ...c, cell: c.id.startsWith('c:') ? next++ : -1, set: 0, least: leastWidth(c) }))
}

const LEAST: Record<Column['type'], number> = { text: 110, number: 84, fraction: 72, quantity: 84, time: 84 }

function leastWidth({ id, type, title, status }: Column): number {
  const titled = 34 + title.length * 8
  if (id === 'name') return 200
  if (id === 'member') return 130
  if (id === 'namespace') return 120
  return Math.max(status && type === 'text' ? 160 : LEAST[type], titled)
}

export function clamped(width: number): number {
  if (!Number.isFinite(width) || width <= 0) return 0
  return Math.round(Math.min(Math.max(width, NARROWEST), WIDEST))
}

/** The tracks of a row. What a wide window has left goes to the columns whose width nobody has set. */
export function tracks(columns: readonly Shown[]): string {
  const own = columns.map((c) => (c.set > 0 ? `${c.set}px` : `minmax(${c.least}px, ${c.least}fr)`))
  const rest = columns.every((c) => c.set > 0) ? '1fr' : '0px'
  return [`${FRAME.before}px`, ...own, rest, `${FRAME.after}px`].join(' ')
}

/** The width below which the table scrolls sideways, px. */
export function leastOf(columns: readonly Shown[]): number {
  return columns.reduce((sum, c) => sum + (c.set || c.least), FRAME.before + FRAME.after)
}

/** What a header makes of the order when it is pressed: up, down, then the table's own. */
export function pressed(layout: TableLayout, id: string): TableLayout {
  if (layout.sort !== id) return { ...layout, sort: id, desc: false }
  return layout.desc ? { ...layout, sort: '', desc: false } : { ...layout, desc: true }
}

/** The status of a row in words; '' for kinds that have none. */
export function statusOf(row: Row, columns: readonly Column[]): string {
  const own = columns.filter((c) => c.id.startsWith('c:'))
  return row.cells[own.findIndex((c) => c.status)] ?? ''
}
