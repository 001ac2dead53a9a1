import type { App, AppDrift, AppInstance, AppSource, Member, Tone } from '../../wails/model'

/** An application as the list shows it. */
export interface AppRow {
  app: App
  /** Ids, each once. */
  members: string[]
  /** What is installed where, the newest first. */
  versions: string[]
  /** Of the worst instance. */
  status: string
  /** When the last of its instances changed; 0 is unknown. */
  updated: number
  /** All that it can be found by, in small letters. */
  text: string
}

// The worst first.
const TONES: readonly Tone[] = ['bad', 'warning', 'busy', 'none', 'good']

export function rowsOf(apps: readonly App[], members: ReadonlyMap<string, Member>): AppRow[] {
  return apps.map((app) => {
    const { instances } = app
    const worst = instances.find((i) => i.tone === app.tone) ?? instances[0]
    const names = instances.map((i) => members.get(i.member)?.name ?? '')
    return {
      app,
      members: [...new Set(instances.map((i) => i.member))],
      versions: [...new Set(instances.map(versionOf).filter(Boolean))].sort((a, b) => natural(b, a)),
      status: worst?.status ?? '',
      updated: Math.max(0, ...instances.map((i) => i.updated)),
      text: [app.name, ...names, ...instances.flatMap(wordsOf)].join('\n').toLowerCase(),
    }
  })
}

/** What its version is: the chart's or package's, else the application's own. */
function versionOf({ version, app }: AppInstance): string {
  return version || app
}

function wordsOf({ namespace, name, chart, version, app, status, images }: AppInstance): string[] {
  return [namespace, name, chart, version, app, status, ...images]
}

let collator: Intl.Collator | undefined

/** Numbers in a text count as numbers: 9.2 comes before 10.0. */
function natural(a: string, b: string): number {
  collator ??= new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
  return collator.compare(a, b)
}

export interface Filters {
  search: string
  sources: readonly AppSource[]
  members: readonly string[]
  tones: readonly Tone[]
  /** Only applications that differ somewhere. */
  drift: boolean
}

export const NO_FILTERS: Filters = { search: '', sources: [], members: [], tones: [], drift: false }

export function matching(rows: readonly AppRow[], { search, sources, members, tones, drift }: Filters): AppRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const among = <T>(chosen: readonly T[], values: readonly T[]) =>
    chosen.length === 0 || values.some((value) => chosen.includes(value))
  return rows.filter(
    ({ app, members: on, text }) =>
      (!drift || app.drift.length > 0) &&
      among(sources, [app.source]) &&
      among(members, on) &&
      among(tones, [app.tone]) &&
      words.every((word) => text.includes(word)),
  )
}

export type SortBy = 'name' | 'source' | 'clusters' | 'version' | 'status' | 'updated'

export interface Order {
  by: SortBy
  desc: boolean
}

const COMPARE: Record<SortBy, (a: AppRow, b: AppRow) => number> = {
  name: (a, b) => natural(a.app.name, b.app.name),
  source: (a, b) => natural(SOURCE_WORDS[a.app.source], SOURCE_WORDS[b.app.source]),
  clusters: (a, b) => a.members.length - b.members.length,
  version: (a, b) => natural(a.versions[0] ?? '', b.versions[0] ?? ''),
  status: (a, b) => TONES.indexOf(a.app.tone) - TONES.indexOf(b.app.tone) || natural(a.status, b.status),
  updated: (a, b) => b.updated - a.updated,
}

/** Sorted by that, and equals by name. */
export function sorted(rows: readonly AppRow[], { by, desc }: Order): AppRow[] {
  const way = desc ? -1 : 1
  return [...rows].sort((a, b) => way * COMPARE[by](a, b) || COMPARE.name(a, b))
}

export const SOURCE_WORDS: Record<AppSource, string> = {
  helm: 'Helm',
  operator: 'Operator',
  labels: 'Labels',
  argo: 'Argo CD',
  flux: 'Flux',
}

export const TONE_WORDS: Record<Tone, string> = {
  bad: 'Failed',
  warning: 'Warning',
  busy: 'On its way',
  good: 'Good',
  none: 'Unknown',
}

/** What differs, in few words: "2 versions", "3 images differ". An application's own version goes with its chart's. */
export function badges(drift: readonly AppDrift[]): string[] {
  const version = drift.some((d) => d.field === 'version')
  const images = drift.filter((d) => d.field.startsWith(IMAGE)).length
  const others = drift.flatMap(({ field, values }) => {
    if (field.startsWith(IMAGE) || (field === 'app' && version)) return []
    return [`${values.length} ${PLURALS[field] ?? 'values differ'}`]
  })
  if (images === 0) return others
  return [...others, images === 1 ? '1 image differs' : `${images} images differ`]
}

const IMAGE = 'image '
const PLURALS: Record<string, string> = { version: 'versions', app: 'app versions', status: 'statuses' }

/** A field of drift as a title. */
export function fieldWords(field: string): string {
  if (field.startsWith(IMAGE)) return `Image ${field.slice(IMAGE.length)}`
  const words: Record<string, string> = { version: 'Version', app: 'App version', status: 'Status' }
  return words[field] ?? field
}
