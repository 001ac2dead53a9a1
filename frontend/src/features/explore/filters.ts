import { ANY } from '../../lib/places'
import type { Column, Filter, Member, Tone } from '../../wails/model'
import { datedBy, spell } from './ages'

/** The fields of a filter that hold alternatives. */
export type ListField = 'members' | 'groups' | 'memberLabels' | 'namespaces' | 'status' | 'tones' | 'cells'

export const TONE_WORDS: Record<Tone, string> = {
  bad: 'Bad',
  warning: 'Warning',
  busy: 'On its way',
  good: 'Good',
  none: 'Neutral',
}

/** One value that filters, as a chip. */
export interface Chip {
  key: string
  /** What it is about: "Namespace". */
  field: string
  text: string
  /** The filter without it. */
  without: Filter
}

const FIELDS: [field: ListField, words: string][] = [
  ['members', 'Cluster'],
  ['groups', 'Group'],
  ['memberLabels', 'Cluster label'],
  ['namespaces', 'Namespace'],
  ['tones', 'State'],
  ['status', 'Status'],
  ['cells', ''], // named by their columns
]

/** Everything that filters, each with the filter that is left without it. The search has its own box and no chip. */
export function chips(filter: Filter, members: readonly Member[], columns: readonly Column[] = []): Chip[] {
  const text = (field: ListField, value: string) => {
    if (field === 'members') return members.find((m) => m.id === value)?.name ?? value
    if (field === 'cells') return value.slice(value.indexOf('=') + 1)
    return field === 'tones' ? TONE_WORDS[value as Tone] : value
  }
  const lists = FIELDS.flatMap(([field, words]) =>
    filter[field].map((value) => ({
      key: `${field}:${value}`,
      field: words || columnOf(value),
      text: text(field, value),
      without: toggled(filter, field, value),
    })),
  )
  const { within, labels } = filter
  if (within > 0)
    lists.push({
      key: 'within',
      field: datedBy(columns),
      text: `in the last ${spell(within)}`,
      without: { ...filter, within: 0 },
    })
  if (labels !== '') lists.push({ key: 'labels', field: 'Labels', text: labels, without: { ...filter, labels: '' } })
  return lists
}

/** The title of the column that a cell is of: "Reason" of "c:Reason=BackOff". */
function columnOf(cell: string): string {
  const id = cell.slice(0, cell.indexOf('='))
  return id.startsWith('c:') ? id.slice(2) : id.charAt(0).toUpperCase() + id.slice(1)
}

/** The filter with the value added to its field, or taken away. */
export function toggled(filter: Filter, field: ListField, value: string): Filter {
  const list: readonly string[] = filter[field]
  return { ...filter, [field]: list.includes(value) ? list.filter((one) => one !== value) : [...list, value] }
}

export function isEmpty(filter: Filter): boolean {
  return isSame(filter, ANY)
}

/** True when both show the same rows. */
export function isSame(a: Filter, b: Filter): boolean {
  const sameSet = (one: readonly string[], other: readonly string[]) =>
    one.length === other.length && one.every((value) => other.includes(value))
  return (
    FIELDS.every(([field]) => sameSet(a[field], b[field])) &&
    a.within === b.within &&
    a.labels.trim() === b.labels.trim() &&
    a.search.trim() === b.search.trim()
  )
}
