/** What this machine remembers of the page. The rest of its state lives in the view (layouts, saved filters, favourites). */
export interface Remembered {
  kind: string
  /** The picker shows as a strip. */
  folded: boolean
  /** The parts of the picker that are open. */
  open: string[]
}

const PLACE = 'binnacle.explore'
const FIRST: Remembered = { kind: '', folded: false, open: ['favourites', 'recents', 'workloads'] }

/** Reads what another version may have written: what can't be understood falls away. */
export function remembered(): Remembered {
  try {
    return restore(JSON.parse(localStorage.getItem(PLACE) ?? 'null'))
  } catch {
    return FIRST // there is no storage here, or something else lies in its place
  }
}

export function remember(now: Remembered): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(now))
  } catch {
    // Then the next start begins with pods.
  }
}

function restore(stored: unknown): Remembered {
  if (typeof stored !== 'object' || stored === null) return FIRST
  const { kind, folded, open } = stored as Partial<Record<keyof Remembered, unknown>>
  return {
    kind: typeof kind === 'string' ? kind : FIRST.kind,
    folded: folded === true,
    open: Array.isArray(open) ? open.filter((id): id is string => typeof id === 'string') : FIRST.open,
  }
}
