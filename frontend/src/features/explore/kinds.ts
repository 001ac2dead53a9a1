import type { Catalog, Category, Kind } from '../../wails/model'

/** What can be looked at. */
export type Served = Pick<Catalog, 'kinds' | 'favourites' | 'recents' | 'learning'>

/** What a kind's rows are called together: "Ingresses", "NetworkPolicies". The resource says how the kind is made many. */
export function plural({ kind, resource }: Pick<Kind, 'kind' | 'resource'>): string {
  const low = kind.toLowerCase()
  let same = 0
  while (same < low.length && low[same] === resource[same]) same++
  return same < 3 ? kind : kind.slice(0, same) + resource.slice(same)
}

const CATEGORY_WORDS: Record<Category, string> = {
  workloads: 'Workloads',
  network: 'Network',
  config: 'Configuration',
  storage: 'Storage',
  access: 'Access',
  cluster: 'Cluster',
  protection: 'Protection',
  custom: 'Custom',
}

/** One part of the picker. */
export interface Section {
  id: string
  title: string
  kinds: Kind[]
  /** Each of them stands in its own part too. */
  shortcut: boolean
}

/** The parts of the picker that hold something: favourites, recents, the categories, and custom kinds by API group. */
export function sections({ kinds, favourites, recents }: Served): Section[] {
  const byKey = new Map(kinds.map((k) => [k.key, k]))
  const among = (keys: string[]) => keys.flatMap((key) => byKey.get(key) ?? [])
  const groups = [...new Set(kinds.flatMap((k) => (k.category === 'custom' ? [k.group] : [])))].sort((a, b) =>
    a.localeCompare(b),
  )
  const own = (Object.keys(CATEGORY_WORDS) as Category[]).filter((c) => c !== 'custom')
  return [
    { id: 'favourites', title: 'Favourites', kinds: among(favourites), shortcut: true },
    { id: 'recents', title: 'Recent', kinds: among(recents).slice(0, 6), shortcut: true },
    ...own.map((c) => ({
      id: c,
      title: CATEGORY_WORDS[c],
      kinds: kinds.filter((k) => k.category === c),
      shortcut: false,
    })),
    ...groups.map((group) => ({
      id: `custom:${group}`,
      title: group,
      kinds: kinds.filter((k) => k.category === 'custom' && k.group === group),
      shortcut: false,
    })),
  ].filter((s) => s.kinds.length > 0)
}

/** The kinds that every word of the text is in (name, resource, group), or whose short name it is; the closest first. */
export function searchKinds(kinds: readonly Kind[], text: string): Kind[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const distance = (k: Kind): number => {
    const name = k.kind.toLowerCase()
    const all = [name, k.resource, k.group, ...k.shortNames].join(' ')
    if (!words.every((word) => all.includes(word))) return -1
    const [word = ''] = words
    if (k.shortNames.includes(word) || name === word || k.resource === word) return 0
    if (name.startsWith(word)) return 1
    return name.includes(word) ? 2 : 3
  }
  return kinds
    .map((k) => ({ k, far: distance(k) }))
    .filter(({ far }) => far >= 0)
    .sort((a, b) => a.far - b.far || a.k.kind.localeCompare(b.k.kind))
    .map(({ k }) => k)
}

/** True when another kind bears the same name, so that the group must be told. */
export function isAmbiguous(kinds: readonly Kind[], one: Kind): boolean {
  return kinds.some((k) => k !== one && plural(k) === plural(one))
}

/** The kind to begin with: the one that was open last, else pods, else the first that there is. */
export function firstKind(kinds: readonly Kind[], last: string): string {
  const has = (key: string) => kinds.some((k) => k.key === key)
  return has(last) ? last : has('pods') ? 'pods' : (kinds[0]?.key ?? '')
}
