import { groupBy } from '../../lib/groupBy'
import type { Group, GroupID, Item } from './items'
import { best } from './rank'

/** What the person typed: some groups only (by the first sign), and the text to find in them. */
export interface Query {
  only: readonly GroupID[] | null
  text: string
}

const SIGNS: Record<string, readonly GroupID[]> = { '>': ['actions', 'pages'], '@': ['members'], ':': ['kinds'] }

export function parse(typed: string): Query {
  const only = SIGNS[typed.charAt(0)]
  return only ? { only, text: typed.slice(1).trim() } : { only: null, text: typed.trim() }
}

/** Of each group when all are searched, and when one is. */
const FEW = 5
const MANY = 100

/** The items that answer, by group; the group with the best answer first. Objects come later, so they stand last. */
export function found(items: readonly Item[], { only, text }: Query, objects: readonly Item[]): Group[] {
  const among = only ? items.filter((item) => only.includes(item.group)) : items
  if (text === '') return only ? grouped(among, MANY) : []
  const scored = among
    .map((item) => ({ item, score: best(item.title, item.words, text) }))
    .filter((s) => s.score > 0)
    .sort((a, b) => b.score - a.score) // stable: equals keep their order
  const groups = grouped(
    scored.map((s) => s.item),
    only ? MANY : FEW,
  )
  return objects.length > 0 && !only ? [...groups, { id: 'objects', items: [...objects] }] : groups
}

function grouped(items: readonly Item[], most: number): Group[] {
  return [...groupBy(items, (item) => item.group)].map(([id, all]) => ({ id, items: all.slice(0, most) }))
}

/** What shows before anything is typed: what was chosen last, then the pages and what can be done. */
export function begin(items: readonly Item[], recents: readonly string[]): Group[] {
  const byID = new Map(items.map((item) => [item.id, item]))
  const recent = recents.flatMap((id) => byID.get(id) ?? [])
  const rest = items.filter(
    (item) => (item.group === 'pages' || item.group === 'actions') && !recents.includes(item.id),
  )
  const groups: Group[] = [{ id: 'recent', items: recent }, ...grouped(rest, MANY)]
  return groups.filter((group) => group.items.length > 0)
}
