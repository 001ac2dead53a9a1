import type { Part, TableMember, TableState } from '../../wails/model'

/** How complete the numbers of some kinds are. */
export interface Whole {
  /** Members that could have something to count. */
  members: number
  /** Of them, those that are counted in full and now. */
  full: number
  /** The others, the worst first; one per member. */
  lacking: TableMember[]
}

// What a person should know of first.
const ORDER: TableState[] = ['denied', 'failed', 'stale', 'partial', 'full', 'waiting', 'listing', 'live', 'missing']

/** A member that doesn't serve a kind lacks nothing of it. */
function isFull({ state }: TableMember): boolean {
  return state === 'live' || state === 'missing'
}

/** How complete the parts of these kinds are together: a member stands as its worst part does. */
export function wholeOf(parts: readonly Part[], kinds: readonly string[]): Whole {
  const worst = new Map<string, TableMember>()
  for (const part of parts) {
    if (!kinds.includes(part.kind)) continue
    for (const member of part.members) {
      const known = worst.get(member.id)
      if (!known || rank(member) < rank(known)) worst.set(member.id, member)
    }
  }
  const all = [...worst.values()]
  const lacking = all.filter((m) => !isFull(m)).sort((a, b) => rank(a) - rank(b))
  return { members: all.length, full: all.length - lacking.length, lacking }
}

function rank({ state }: TableMember): number {
  return ORDER.indexOf(state)
}

/** What nothing to count means: that there is nothing, that it is still being read, or that it can't be seen. */
export type Nothing = 'none' | 'reading' | 'waiting' | 'unseen'

export function nothing({ members, full, lacking }: Whole): Nothing {
  if (lacking.some((m) => m.state === 'listing')) return 'reading'
  if (members === 0 || (full === 0 && lacking.every((m) => m.state === 'waiting'))) return 'waiting'
  return full === 0 ? 'unseen' : 'none'
}

/** How a member stands whose numbers aren't whole, in words that go on after its name. */
export const STANDS: Record<TableState, string> = {
  live: 'is counted',
  missing: 'has none of these',
  listing: 'is being read',
  waiting: 'is not connected',
  partial: 'is counted in part',
  full: 'has more than is kept',
  stale: 'does not answer',
  denied: 'does not let you see these',
  failed: 'can’t answer for these',
}
