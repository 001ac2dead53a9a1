import { distribution } from '../../lib/distributions'
import { groupBy } from '../../lib/groupBy'
import { labelTexts } from '../../lib/labels'
import { STATE_WORDS, STATES } from '../../lib/states'
import type { Member, MemberState } from '../../wails/model'
import { COLUMNS } from './columns'
import type { GroupBy, TableLayout } from './layout'

export interface Filters {
  search: string
  states: ReadonlySet<MemberState>
  /** "key=value" or "key"; a member needs one value of every key that is asked for. */
  labels: ReadonlySet<string>
}

export const noFilters: Filters = { search: '', states: new Set(), labels: new Set() }

export type Row =
  | { kind: 'group'; key: string; title: string; count: number; open: boolean }
  | { kind: 'member'; key: string; member: Member }

/** The rows to show: filtered, sorted, grouped; closed groups keep their header only. */
export function rowsOf(all: Member[], layout: TableLayout, filters: Filters, closed: ReadonlySet<string>): Row[] {
  const members = sorted(filtered(all, filters), layout)
  if (layout.groupBy === '') return members.map(memberRow)
  const groups = groupBy(members, (m) => groupKey(m, layout.groupBy))
  return [...groups.entries()]
    .sort(([a], [b]) => compareGroups(a, b, layout.groupBy))
    .flatMap(([key, inside]): Row[] => {
      const open = !closed.has(key)
      const header: Row = { kind: 'group', key, title: groupTitle(key, layout.groupBy), count: inside.length, open }
      return open ? [header, ...inside.map(memberRow)] : [header]
    })
}

function memberRow(member: Member): Row {
  return { kind: 'member', key: member.id, member }
}

/** Members that match every word of the search (in name, server, identity, Kubernetes version or labels) and the filters. */
export function filtered(all: Member[], { search, states, labels }: Filters): Member[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length + states.size + labels.size === 0) return all
  const byKey = groupBy(labels, (label) => label.split('=', 1)[0] ?? '')
  return all.filter((m) => {
    if (states.size > 0 && !states.has(m.state)) return false
    const texts = labelTexts(m.labels)
    if (![...byKey.values()].every((any) => any.some((label) => texts.includes(label)))) return false
    const hay = [m.name, m.server, m.identity, m.version, ...texts].join('\n').toLowerCase()
    return words.every((word) => hay.includes(word))
  })
}

// Made when first wanted, like the formats of lib/time.
let collator: Intl.Collator | undefined

function inOrder(a: string, b: string): number {
  collator ??= new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
  return collator.compare(a, b)
}

/** Stable; '' keeps the view's own order. Unknown values come last in both directions. */
export function sorted(members: Member[], { sort, desc }: Pick<TableLayout, 'sort' | 'desc'>): Member[] {
  if (sort === '') return members
  const { sortBy } = COLUMNS[sort]
  return members.toSorted((a, b) => {
    const [x, y] = [sortBy(a), sortBy(b)]
    if (x === null || y === null) return Number(x === null) - Number(y === null)
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : inOrder(String(x), String(y))
    return desc ? -order : order
  })
}

function groupKey(m: Member, by: GroupBy): string {
  if (by === 'group') return m.group
  if (by === 'state') return m.state
  if (by === 'distribution') return m.distribution
  return m.labels[by.slice('label:'.length)] ?? ''
}

function groupTitle(key: string, by: GroupBy): string {
  if (by === 'state') return STATES.map((s) => (s === key ? STATE_WORDS[s] : '')).join('')
  if (by === 'distribution') return distribution(key)?.name ?? 'Unknown distribution'
  if (by === 'group') return key || 'No group'
  const label = by.slice('label:'.length)
  return key ? `${label}=${key}` : `No ${label} label`
}

function compareGroups(a: string, b: string, by: GroupBy): number {
  if (by === 'state') return rank(a) - rank(b)
  return Number(a === '') - Number(b === '') || inOrder(a, b)
}

function rank(state: string): number {
  const order: readonly string[] = STATES
  return order.indexOf(state)
}

/** Every label of the fleet, for the filter; every key, for grouping. */
export function allLabels(all: Member[]): { texts: string[]; keys: string[] } {
  return {
    texts: [...new Set(all.flatMap((m) => labelTexts(m.labels)))].sort(inOrder),
    keys: [...new Set(all.flatMap((m) => Object.keys(m.labels)))].sort(inOrder),
  }
}

/** What moveMember is told to bring a member one visible row up or down; null at the end of the way. */
export function moveTarget(all: Member[], visible: Member[], id: string, way: 'up' | 'down'): string | null {
  const at = visible.findIndex((m) => m.id === id)
  if (at < 0) return null
  if (way === 'up') return visible[at - 1]?.id ?? null
  const next = visible[at + 1]
  if (!next) return null
  const rest = all.filter((m) => m.id !== id)
  return rest[rest.findIndex((m) => m.id === next.id) + 1]?.id ?? ''
}
