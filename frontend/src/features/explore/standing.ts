import type { Kind, TableMember, TableState } from '../../wails/model'

/** How a state is taken: whether its rows can be trusted. */
export type Trust = 'good' | 'busy' | 'part' | 'none'

export const STATE: Record<TableState, { words: string; trust: Trust }> = {
  live: { words: 'live', trust: 'good' },
  listing: { words: 'being read', trust: 'busy' },
  waiting: { words: 'not connected', trust: 'none' },
  partial: { words: 'in part', trust: 'part' },
  full: { words: 'cut off', trust: 'part' },
  stale: { words: 'stale', trust: 'part' },
  denied: { words: 'denied', trust: 'none' },
  failed: { words: 'failing', trust: 'none' },
  missing: { words: 'without this kind', trust: 'good' },
}

// What a person should know of first.
const ORDER: TableState[] = ['denied', 'failed', 'stale', 'partial', 'full', 'waiting', 'listing', 'live', 'missing']

/** True when rows may be missing or old. A member without the kind misses nothing. */
export function isLacking({ state }: TableMember): boolean {
  return STATE[state].trust !== 'good'
}

/** "20 clusters: 18 live, 1 stale, 1 denied"; the good ones first, then the worst. */
export function summary(members: readonly TableMember[]): string {
  const count = new Map<TableState, number>()
  for (const m of members) count.set(m.state, (count.get(m.state) ?? 0) + 1)
  const good = count.get('live') ?? 0
  const rest = ORDER.filter((s) => s !== 'live' && count.has(s)).map((s) => `${count.get(s)} ${STATE[s].words}`)
  const parts = good > 0 ? [`${good} live`, ...rest] : rest
  return `${members.length} ${members.length === 1 ? 'cluster' : 'clusters'}: ${parts.join(', ')}`
}

/** The same members with those first that lack something. */
export function worstFirst(members: readonly TableMember[]): TableMember[] {
  return [...members].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
}

/** What somebody who rules that cluster must allow, as it would stand in a ClusterRole. */
export function ruleFor({ group, resource }: Kind): string {
  return [
    'rules:',
    `  - apiGroups: [${JSON.stringify(group)}]`,
    `    resources: [${JSON.stringify(resource)}]`,
    '    verbs: ["get", "list", "watch"]',
  ].join('\n')
}
