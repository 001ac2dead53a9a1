import { useMemo, useState } from 'react'
import { ANY, type Seed } from '../../lib/places'
import type { Filter, Kind, TableLayout } from '../../wails/model'
import type { Ask } from '../../wails/stores/table'

/**
 * Where each piece of what is asked lives. A new key does not compile until it is placed.
 * view: in the view, synced by Go; session: in the page until it closes; machine: in this machine's storage.
 */
export const STATE_LIVES = {
  kind: 'machine',
  filter: 'session',
  sort: 'view',
  desc: 'view',
} as const satisfies Record<keyof Ask, 'view' | 'session' | 'machine'>

type Order = Pick<Ask, 'sort' | 'desc'>

interface Chosen {
  seed: Seed | null
  kind: string
  filter: Filter
  /** Of a seed that wants one; the layout's otherwise. */
  order: Order | null
}

export interface Question {
  kind: string
  filter: Filter
  order: Order | null
  setKind: (key: string) => void
  setFilter: (next: Filter) => void
  /** Goes back to the order of the layout. */
  dropOrder: () => void
}

/** What the person looks at: a kind and a filter. A new seed replaces both. */
export function useQuestion(seed: Seed | null, first: string): Question {
  const [chosen, setChosen] = useState<Chosen>(() => sown(seed, { seed, kind: first, filter: ANY, order: null }))
  if (seed !== chosen.seed) setChosen(sown(seed, { ...chosen, seed }))
  const commands = useMemo(
    () => ({
      // Where one looks stays with the next kind; what one looks for there is another thing.
      setKind: (kind: string) =>
        setChosen((old) => {
          const { members, groups, memberLabels, namespaces } = old.filter
          return { ...old, kind, filter: { ...ANY, members, groups, memberLabels, namespaces }, order: null }
        }),
      setFilter: (filter: Filter) => setChosen((old) => ({ ...old, filter })),
      dropOrder: () => setChosen((old) => (old.order ? { ...old, order: null } : old)),
    }),
    [],
  )
  return { kind: chosen.kind, filter: chosen.filter, order: chosen.order, ...commands }
}

function sown(seed: Seed | null, chosen: Chosen): Chosen {
  if (!seed) return chosen
  const order = seed.sort === undefined ? null : { sort: seed.sort, desc: seed.desc ?? false }
  return { seed, kind: seed.kind, filter: { ...ANY, ...seed.filter }, order }
}

/** The question as the table takes it: objects of the whole cluster have no namespace to filter by. */
export function useAsk(kind: Kind, { filter, order }: Question, { sort, desc }: TableLayout): Ask {
  const wanted = order ?? { sort, desc }
  return useMemo(
    () => ({
      kind: kind.key,
      filter: kind.namespaced ? filter : { ...filter, namespaces: [] },
      sort: wanted.sort,
      desc: wanted.desc,
    }),
    [kind.key, kind.namespaced, filter, wanted.sort, wanted.desc],
  )
}
