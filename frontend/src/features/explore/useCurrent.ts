import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Row } from '../../wails/model'
import type { TableNow } from '../../wails/stores/table'
import { placeOf, rowAt } from '../../wails/stores/tablePages'
import type { Sight } from './useSight'

/** The row that the Tab key comes to. */
export interface Current {
  row: Row
  index: number
}

/**
 * Keeps one row the current one while rows come and go around it: it is an object and not a place. When it goes, the row
 * that takes its place is current. It stays in the document when it is scrolled out of sight, for the focus may be on it.
 */
export function useCurrent(
  body: RefObject<HTMLElement | null>,
  now: TableNow,
  sight: Sight,
  reveal: (i: number) => void,
) {
  const { pages, answers } = now
  const count = now.head?.matched ?? 0
  const [picked, setPicked] = useState<(Current & { answers: number }) | null>(null)
  const wanted = useRef<number | null>(null)
  const focused = useRef<string | null>(null) // the key of the row that took the focus

  const mine = picked?.answers === answers ? picked : null
  const at = mine ? placeOf(pages, mine.row.key, { first: sight.first - 20, last: sight.last + 20 }) : -1
  const inSight = mine !== null && mine.index >= sight.first && mine.index <= sight.last
  const index = !mine ? sight.first : at >= 0 ? at : Math.min(mine.index, count - 1)
  const there = rowAt(pages, index)
  // Not where it was, though that is in sight: it is gone, and its neighbour takes over.
  const row = mine && at < 0 && !inSight ? mine.row : there
  const current: Current | null = row ? { row, index } : null

  const pick = useCallback(
    (next: Current) =>
      setPicked((old) => (old?.row.key === next.row.key && old.index === next.index ? old : { ...next, answers })),
    [answers],
  )
  // What is known of the row is kept as new as what shows, so that it can be shown when it is out of sight.
  useEffect(() => {
    if (mine && current && (mine.row !== current.row || mine.index !== current.index)) pick(current)
  })

  const take = useCallback(() => {
    const to = wanted.current
    const goal = to === null ? undefined : rowAt(pages, to)
    if (to === null || !goal) return
    const element = elementAt(body.current, to)
    if (!element) return
    wanted.current = null
    pick({ row: goal, index: to })
    element.focus({ preventScroll: true })
  }, [body, pages, pick])

  // The row that a key went to may still be on its way.
  useLayoutEffect(take)

  // With a row that goes, the focus must not fall into the void, nor onto what its element shows now.
  useLayoutEffect(() => {
    if (focused.current === null || wanted.current !== null) return
    const holder = document.activeElement
    const held = holder?.closest<HTMLElement>('[role="row"]')
    const astray = held && body.current?.contains(held) && held.dataset.key !== focused.current
    if (holder === document.body || astray) elementAt(body.current, index)?.focus({ preventScroll: true })
  })

  const go = useCallback(
    (to: number) => {
      if (count === 0) return
      wanted.current = Math.max(0, Math.min(to, count - 1))
      reveal(wanted.current)
      take()
    },
    [count, reveal, take],
  )
  /** Where the next key starts from: the row that the last one went to, though it may not be there yet. */
  const from = useCallback(() => wanted.current ?? index, [index])
  /** Forgets a row that a key went to and that has not come: the hand has taken over. */
  const rest = useCallback(() => {
    wanted.current = null
  }, [])
  return { current, pick, go, from, rest, focused, held: mine && at >= 0 ? { key: mine.row.key, index: at } : null }
}

function elementAt(body: HTMLElement | null, index: number): HTMLElement | null {
  return body?.querySelector<HTMLElement>(`[aria-rowindex="${index + 2}"][data-key]`) ?? null
}
