import { LOGGED } from '../../lib/logged'
import { ANY } from '../../lib/places'
import type { MenuItem } from '../../ui/ActionMenu'
import { copyText } from '../../wails/clipboard'
import type { Filter, ObjectRef, Row } from '../../wails/model'
import { type Elsewhere, everywhere } from '../../wails/namesakes'

/** What a row's actions may do. */
export interface RowContext {
  kind: string
  row: Row
  memberName: string
  /** The row's status in words; '' is none. */
  status: string
  /** Where its namesakes are; null: it has no logs, or there is no other cluster. */
  elsewhere: Elsewhere | null
  filter: Filter
  onFilter: (next: Filter) => void
  onOpen: (ref: ObjectRef) => void
  onLogs: (refs: ObjectRef[]) => void
  announce: (text: string) => void
}

export function refOf(kind: string, { member, namespace, name }: Row): ObjectRef {
  return { member, kind, namespace, name, uid: '' }
}

/** What can be done with a row, for its menu. */
export function rowActions(c: RowContext): MenuItem[] {
  const { row, kind, filter, onFilter, status } = c
  const ref = refOf(kind, row)
  const only = (change: Partial<Filter>) => () => onFilter({ ...filter, ...change })
  const one = (now: string[], value: string) => (now.length === 1 && now[0] === value ? 'It is so already.' : '')
  const items: (MenuItem | false | null)[] = [
    { id: 'open', title: 'Open', keys: 'Enter', run: () => c.onOpen(ref) },
    LOGGED.has(kind) && { id: 'logs', title: 'Logs', run: () => c.onLogs([ref]) },
    c.elsewhere && {
      id: 'everywhere',
      ...everywhere(c.elsewhere),
      run: () => c.elsewhere?.at === 'found' && c.onLogs([ref, ...c.elsewhere.refs]),
    },
    {
      id: 'copy',
      title: 'Copy the name',
      run: () =>
        void copyText(row.name).then((done) => c.announce(done ? 'Copied the name' : 'The clipboard did not take it')),
    },
    {
      id: 'member',
      title: `Show only ${c.memberName}`,
      parted: true,
      refused: one(filter.members, row.member),
      run: only({ members: [row.member], groups: ANY.groups, memberLabels: ANY.memberLabels }),
    },
    row.namespace !== '' && {
      id: 'namespace',
      title: `Show only the namespace ${row.namespace}`,
      refused: one(filter.namespaces, row.namespace),
      run: only({ namespaces: [row.namespace] }),
    },
    status !== '' && {
      id: 'status',
      title: `Show only ${status}`,
      refused: one(filter.status, status),
      run: only({ status: [status], tones: [] }),
    },
  ]
  return items.filter((item) => item !== false && item !== null)
}
