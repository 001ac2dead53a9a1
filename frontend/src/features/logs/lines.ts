import { createStore, type StoreApi } from 'zustand/vanilla'
import { toFailure } from '../../wails/errors'
import type { Failure, LogLevel, LogLine, LogQuery, LogWindow } from '../../wails/model'

/** Which lines of a log are wanted. */
export interface Filters {
  search: string
  levels: LogLevel[]
  source: string
  /** Only what came after the line with this number: the view was cleared there. */
  after: number
}

export interface LinesState {
  /** What is known, with the lines around what is in sight; null before the first answer. */
  window: LogWindow | null
  failure: Failure | null
  /** The view sticks to the end. */
  following: boolean
  /** Nothing moves, although lines arrive. */
  paused: boolean
  /** Lines that came since the view left the end. */
  fresh: number
  /** The line that the keys are on, by its place and, once it is known, its number. */
  cursor: { index: number; no: number } | null
  /** Where the list is to be scrolled to; each is a new object. */
  goal: Goal | null
}

/** A line that is to be in sight, or how many lines what is in sight has moved. */
export type Goal = { index: number; align: 'auto' | 'center' } | { by: number }

export interface Lines {
  store: StoreApi<LinesState>
  filter(filters: Filters): void
  /** Tells which lines are in sight. */
  look(first: number, last: number): void
  /** Something new is there. */
  news(): void
  follow(on: boolean): void
  pause(on: boolean): void
  /** Puts the cursor on a place, and brings it into sight. */
  moveTo(index: number): void
  /** The same for a line by its number, wherever it is. */
  goTo(no: number): void
  /** Begins to pull; the returned function ends it. */
  start(): () => void
}

/** How many lines around those in sight are kept. */
const AROUND = 150

type Reason = 'news' | 'look' | 'go'

/**
 * The lines of one log as far as they are in sight. Pulls never overlap; what is asked for during one ends in one more, and
 * an answer to what is no longer asked is dropped. While lines come and old ones go, what is in sight stays where it is.
 */
export function createLines(pull: (query: LogQuery) => Promise<LogWindow>, filters: Filters): Lines {
  const store = createStore<LinesState>(() => ({
    window: null,
    failure: null,
    following: true,
    paused: false,
    fresh: 0,
    cursor: null,
    goal: null,
  }))
  const { getState: now, setState: set } = store
  let sight = { first: 0, last: 0 }
  let wanted = 0 // the number of the line that goTo looks for
  let left: LogWindow | null = null // how it stood when the view left the end
  let pulling = false
  let again: Reason | null = null
  let turn = 0 // an answer to an earlier one is dropped
  let on = false

  const query = (reason: Reason): LogQuery => {
    const { following, window } = now()
    const limit = Math.min(1000, sight.last - sight.first + 1 + 2 * AROUND)
    const ask = { ...filters, from: Math.max(0, sight.first - AROUND), around: 0, limit }
    if (reason === 'go') return { ...ask, around: wanted }
    if (following) return { ...ask, from: -1 }
    // New lines may lie before what is in sight, and old ones go: the first line in sight holds the place.
    return reason === 'news' && window ? { ...ask, around: lineAt(window, sight.first)?.no ?? 0 } : ask
  }

  const run = (reason: Reason) => {
    if (!on) return
    if (pulling) {
      again = again === 'go' ? again : reason
      return
    }
    pulling = true
    const mine = turn
    const asked = query(reason)
    const top = sight.first
    const kept = pull(asked).then(
      (window) => mine === turn && apply(window, reason, asked.around > 0 && window.at >= 0 ? window.at - top : null),
      (thrown: unknown) => mine === turn && set({ failure: toFailure(thrown) }),
    )
    void kept.finally(() => {
      if (mine !== turn) return
      pulling = false
      const more = again
      again = null
      if (more) run(more)
    })
  }

  /** `shift` is how far the line that was asked for lies from the first one in sight; null when none was. */
  const apply = (window: LogWindow, reason: Reason, shift: number | null) => {
    const { cursor, following, paused } = now()
    const fresh = following && !paused ? 0 : cameSince(left ?? window, window, filters)
    if (paused && reason === 'news') {
      set({ fresh, failure: null })
      return
    }
    const next = { window, failure: null, fresh }
    if (reason === 'go' && shift !== null) {
      const index = Math.min(window.at, Math.max(0, window.matched - 1))
      set({ ...next, cursor: cursorAt(window, index), goal: { index, align: 'center' } })
    } else set({ ...next, cursor: moved(cursor, window, shift ?? 0), ...(shift ? { goal: { by: shift } } : {}) })
  }

  const restart = (reason: Reason) => {
    turn++
    pulling = false
    again = null
    run(reason)
  }

  const follow = (yes: boolean) => {
    const { following, paused } = now()
    if (following === yes && !(yes && paused)) return
    left = yes ? null : now().window
    set({ following: yes, fresh: 0, ...(yes ? { paused: false, cursor: null } : {}) })
    if (yes) restart('look')
  }

  return {
    store,
    follow,
    filter: (next) => {
      if (next === filters) return
      filters = next
      const { following, cursor, window } = now()
      wanted = cursor?.no ?? (window && lineAt(window, sight.first)?.no) ?? 0
      left = null
      restart(following || wanted === 0 ? 'look' : 'go')
    },
    look: (first, last) => {
      sight = { first, last }
      const { window, following } = now()
      if (!window || following || holds(window, first, last)) return
      run('look')
    },
    news: () => run('news'),
    pause: (yes) => {
      left = yes ? now().window : null
      set({ paused: yes, fresh: 0 })
      if (!yes) run('look')
    },
    moveTo: (index) => {
      const { window } = now()
      if (!window || window.matched === 0) return
      follow(false)
      const at = Math.max(0, Math.min(index, window.matched - 1))
      set({ cursor: cursorAt(window, at), goal: { index: at, align: 'auto' } })
    },
    goTo: (no) => {
      follow(false)
      wanted = no
      restart('go')
    },
    start: () => {
      on = true
      restart('look')
      return () => {
        on = false
        turn++
      }
    },
  }
}

/** The line at a place; undefined when it is not loaded. */
export function lineAt(window: LogWindow, index: number): LogLine | undefined {
  return window.lines[index - window.from]
}

function holds({ from, lines, matched }: LogWindow, first: number, last: number): boolean {
  return first >= from && Math.min(last, matched - 1) < from + lines.length
}

function cursorAt(window: LogWindow, index: number): LinesState['cursor'] {
  return window.matched === 0 ? null : { index, no: lineAt(window, index)?.no ?? 0 }
}

function moved(cursor: LinesState['cursor'], window: LogWindow, shift: number): LinesState['cursor'] {
  if (cursor === null) return null
  const found = cursor.no > 0 ? window.lines.findIndex((line) => line.no === cursor.no) : -1
  const index = found >= 0 ? window.from + found : Math.max(0, cursor.index + shift)
  return { index, no: cursor.no || (lineAt(window, index)?.no ?? 0) }
}

/** How many lines arrived between two windows; of a filtered log only those that match can be counted, less what has gone. */
function cameSince(old: LogWindow, next: LogWindow, { search, levels, source, after }: Filters): number {
  const filtered = search !== '' || levels.length > 0 || source !== '' || after > 0
  const came = filtered ? next.matched - old.matched : next.total + next.dropped - old.total - old.dropped
  return Math.max(0, came)
}
