import type {
  Facet,
  Facets,
  Filter,
  Member,
  Row,
  TableMember,
  TableQuery,
  TableState,
  TableWindow,
} from '../wails/model'
import { columnsOf, commonColumns, type FakeRow, rowOf, tableMember } from './paneFixturesRows'

/** Rows of one kind in memory, filtered, sorted and cut into windows as Go's pane does, only more slowly. */
export class FakeTable {
  seq = 1
  rows: FakeRow[] = []
  states = new Map<string, TableState>()
  readonly kind: string
  private readonly namespaced: boolean
  private readonly fleet: readonly Member[]
  private order: { by: string; rows: FakeRow[] } | null = null

  constructor(kind: string, namespaced: boolean, fleet: readonly Member[]) {
    this.kind = kind
    this.namespaced = namespaced
    this.fleet = fleet
  }

  /** n rows, dealt to those of the members whose state lets them have some. */
  fill(n: number, states: Record<string, TableState>): void {
    this.states = new Map(Object.entries(states))
    const dealt = [...this.states].flatMap(([id, s]) => (['live', 'stale', 'partial', 'full'].includes(s) ? [id] : []))
    this.rows = dealt.length === 0 ? [] : Array.from({ length: n }, (_, i) => this.row(dealt, i))
    this.changed()
  }

  private row(dealt: string[], i: number): FakeRow {
    return rowOf(this.kind, dealt[i % dealt.length] ?? '', i, this.namespaced)
  }

  /** Says that rows are others now: whoever asks next sees so. */
  changed(): void {
    this.seq++
    this.order = null
  }

  window(query: TableQuery): TableWindow {
    const { matched, problem } = this.select(query)
    const limit = Math.min(query.limit, 500)
    const offset = Math.max(0, Math.min(query.offset, matched.length - limit))
    return {
      seq: this.seq,
      kind: this.kind,
      columns: [...commonColumns(this.namespaced), ...columnsOf(this.kind)],
      total: this.rows.length,
      matched: matched.length,
      offset,
      rows: matched.slice(offset, offset + limit).map(plain),
      anchor: query.anchor === '' ? -1 : matched.findIndex((row) => row.key === query.anchor),
      members: this.members(),
      problem,
    }
  }

  members(): TableMember[] {
    const rows = new Map<string, number>()
    for (const row of this.rows) rows.set(row.member, (rows.get(row.member) ?? 0) + 1)
    return [...this.states].map(([id, state]) => tableMember(id, state, { rows: rows.get(id) ?? 0 }))
  }

  /** The values of each facet under the rest of the filter. */
  facets(query: TableQuery): Facets {
    const under = (without: Partial<Filter>) =>
      this.select({ ...query, sort: '', filter: { ...query.filter, ...without } }).matched
    return {
      seq: this.seq,
      members: counted(under({ members: [] }), (row) => row.member),
      namespaces: counted(under({ namespaces: [] }), (row) => row.namespace),
      status: counted(under({ status: [], tones: [] }), (row) => this.status(row)),
    }
  }

  private status(row: Row): string {
    return row.cells[columnsOf(this.kind).findIndex((c) => c.status)] ?? ''
  }

  private has(row: Row, cell: string): boolean {
    const [id, text] = cell.split('=')
    return id === 'name' ? row.name === text : row.cells[columnsOf(this.kind).findIndex((c) => c.id === id)] === text
  }

  private select(query: TableQuery): { matched: FakeRow[]; problem: string } {
    const problem = badSelector(query.filter.labels)
    const by = JSON.stringify([query.filter, query.sort, query.desc])
    if (this.order?.by !== by || query.filter.within > 0) {
      const passes = this.passes(query.filter)
      this.order = { by, rows: this.rows.filter(passes).sort(this.compare(query)) }
    }
    return { matched: this.order.rows, problem }
  }

  private passes(f: Filter): (row: FakeRow) => boolean {
    const words = f.search.toLowerCase().split(/\s+/).filter(Boolean)
    const labels = badSelector(f.labels) === '' ? f.labels.split(',').filter(Boolean) : []
    const members = new Set(
      this.fleet.flatMap((m) => {
        const has = ([key, value]: string[]) => key !== undefined && m.labels[key] === value
        const grouped = f.groups.length === 0 || f.groups.includes(m.group)
        const labelled = f.memberLabels.length === 0 || f.memberLabels.some((one) => has(one.split('=')))
        return grouped && labelled ? [m.id] : []
      }),
    )
    const among = (all: string[], one: string) => all.length === 0 || all.includes(one)
    return (row) =>
      (members.has(row.member) || (f.groups.length === 0 && f.memberLabels.length === 0)) &&
      among(f.members, row.member) &&
      among(f.namespaces, row.namespace) &&
      among(f.status, this.status(row)) &&
      among(f.tones, row.tone) &&
      f.cells.every((one) => this.has(row, one)) &&
      (f.within === 0 || row.created >= Date.now() - f.within * 1000) &&
      labels.every((one) => matches(row.labels, one)) &&
      words.every((word) => [row.name, row.namespace, ...row.cells].some((t) => t.toLowerCase().includes(word)))
  }

  private compare({ sort, desc }: TableQuery): (a: FakeRow, b: FakeRow) => number {
    const at = columnsOf(this.kind).findIndex((c) => c.id === sort)
    const read = (row: FakeRow): string | number => {
      if (sort === 'age') return -row.created
      if (sort === 'member') return row.member
      if (sort === 'namespace') return row.namespace
      const cell = at >= 0 ? (row.cells[at] ?? '') : row.name
      return /^\d/.test(cell) && at >= 0 ? Number.parseFloat(cell) : cell
    }
    const sign = desc ? -1 : 1
    return (a, b) =>
      sign * ordered(read(a), read(b)) ||
      ordered(a.name, b.name) ||
      ordered(a.namespace, b.namespace) ||
      ordered(a.key, b.key)
  }
}

function ordered(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function plain({ labels: _, ...row }: FakeRow): Row {
  return row
}

function badSelector(text: string): string {
  return text === '' || /^[\w./-]+(=[\w.-]*)?(,[\w./-]+(=[\w.-]*)?)*$/.test(text)
    ? ''
    : `“${text}” is no label selector: it ends where a value should be.`
}

function matches(labels: Record<string, string>, one: string): boolean {
  const [key = '', value] = one.split('=')
  return value === undefined ? key in labels : labels[key] === value
}

function counted(rows: FakeRow[], read: (row: FakeRow) => string): Facet[] {
  const found = new Map<string, Facet>()
  for (const row of rows) {
    const value = read(row)
    const facet = found.get(value) ?? { value, rows: 0, tone: row.tone }
    found.set(value, { ...facet, rows: facet.rows + 1 })
  }
  return [...found.values()].filter((f) => f.value !== '').sort((a, b) => b.rows - a.rows)
}
