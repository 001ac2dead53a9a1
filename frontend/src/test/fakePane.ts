import type {
  Catalog,
  Overview,
  SavedFilter,
  SearchHit,
  SearchRequest,
  SearchResult,
  TableLayout,
  TableQuery,
  TableState,
} from '../wails/model'
import type { PaneBackend } from '../wails/pane'
import type { FakeHost } from './fakeHost'
import { richMembers } from './fleetFixtures'
import { richOverview } from './overviewFixtures'
import { catalogOf } from './paneFixtures'
import { FakeTable } from './paneFixturesTable'

/** Members of fleetFixtures' rich fleet: five with rows, and one each that says no, lags behind, or lacks things. */
const STATES: Record<string, TableState> = {
  m1: 'live',
  m2: 'live',
  m3: 'live',
  m10: 'partial',
  m7: 'stale',
  m6: 'denied',
  m12: 'missing',
}
const ROWS: Record<string, number> = {
  pods: 300,
  'deployments.apps': 40,
  nodes: 15,
  'certificates.cert-manager.io': 12,
}

/** The pane in memory. Tests fill its tables, change them and ring; commands change it and ring like Go does. */
export class FakePane implements PaneBackend {
  catalogNow: Catalog = catalogOf()
  overviewNow: Overview = richOverview()
  private readonly tables = new Map<string, FakeTable>()
  private readonly host: FakeHost
  private filters = 1

  constructor(host: FakeHost) {
    this.host = host
  }

  /** The table of a kind, as whoever asks sees it. */
  table(kind: string): FakeTable {
    const known = this.tables.get(kind)
    if (known) return known
    const entry = this.catalogNow.kinds.find((k) => k.key === kind)
    const made = new FakeTable(kind, entry?.namespaced ?? true, richMembers())
    made.fill(ROWS[kind] ?? 0, STATES)
    this.tables.set(kind, made)
    return made
  }

  /** Gives a kind this many rows, and its members these states. */
  fill(kind: string, rows: number, states: Record<string, TableState> = STATES): void {
    this.table(kind).fill(rows, states)
    this.ring(kind)
  }

  /** Changes a table and rings; without a change it only rings, as a doorbell that comes late does. */
  change(kind: string, change?: (table: FakeTable) => void): void {
    const table = this.table(kind)
    change?.(table)
    if (change) table.changed()
    this.ring(kind)
  }

  changeCatalog(change: Partial<Catalog>): void {
    this.catalogNow = { ...this.catalogNow, ...change, seq: this.catalogNow.seq + 1 }
    this.host.ring('catalog', { seq: this.catalogNow.seq })
  }

  changeOverview(change: Partial<Overview>): void {
    this.overviewNow = { ...this.overviewNow, ...change, seq: this.overviewNow.seq + 1 }
    this.host.ring('table', { seq: this.overviewNow.seq, key: 'pods' })
  }

  private ring(kind: string): void {
    this.host.ring('table', { seq: this.table(kind).seq, key: kind })
  }

  catalog = () => this.host.run('pane.catalog', [], () => this.catalogNow)
  window = (query: TableQuery) => this.host.run('pane.window', [query], () => this.table(query.kind).window(query))
  facets = (query: TableQuery) => this.host.run('pane.facets', [query], () => this.table(query.kind).facets(query))
  overview = () => this.host.run('pane.overview', [], () => this.overviewNow)
  search = (request: SearchRequest) => this.host.run('pane.search', [request], () => this.find(request))

  saveTableLayout = (layout: TableLayout) =>
    this.host.run('pane.saveTableLayout', [layout], () => {
      const rest = this.catalogNow.layouts.filter((one) => one.kind !== layout.kind)
      this.changeCatalog({ layouts: [...rest, layout] })
    })
  saveFilter = (filter: SavedFilter) =>
    this.host.run('pane.saveFilter', [filter], () => {
      const id = filter.id || `f${++this.filters}`
      const rest = this.catalogNow.filters.filter((one) => one.id !== id)
      this.changeCatalog({ filters: [...rest, { ...filter, id }] })
      return id
    })
  removeFilter = (id: string) =>
    this.host.run('pane.removeFilter', [id], () =>
      this.changeCatalog({ filters: this.catalogNow.filters.filter((one) => one.id !== id) }),
    )
  setFavourite = (kind: string, on: boolean) =>
    this.host.run('pane.setFavourite', [kind, on], () => {
      const rest = this.catalogNow.favourites.filter((one) => one !== kind)
      this.changeCatalog({ favourites: on ? [...rest, kind] : rest })
    })
  refreshTable = (kind: string, members: string[]) =>
    this.host.run('pane.refreshTable', [kind, members], () =>
      this.change(kind, (table) => {
        for (const id of members.length > 0 ? members : table.states.keys()) table.states.set(id, 'live')
      }),
    )

  private find({ text, limit }: SearchRequest): SearchResult {
    const hits: SearchHit[] = []
    for (const table of this.tables.values()) {
      const kind = this.catalogNow.kinds.find((k) => k.key === table.kind)?.kind ?? table.kind
      for (const { member, namespace, name, tone } of table.rows)
        if (name.includes(text.toLowerCase()))
          hits.push({ ref: { member, kind: table.kind, namespace, name, uid: '' }, kind, status: '', tone })
    }
    return { hits: hits.slice(0, limit), more: hits.length > limit, kinds: [...this.tables.keys()] }
  }
}

export function fakePane(host: FakeHost): FakePane {
  return new FakePane(host)
}
