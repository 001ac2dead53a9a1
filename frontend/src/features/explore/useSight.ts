import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { TableNow } from '../../wails/stores/table'
import { BESIDE, type Frame, inSight, placeAt, scrollTo } from './places'

/** Which rows are in sight. */
export interface Sight {
  first: number
  last: number
  /** Added to a row's place in the list, px: not 0 in a list that is shown to scale. */
  shift: number
  /** Rows beyond these that are in the document on each side, so that a scroll finds them. */
  beside: number
  /** The question whose rows they are. */
  answers: number
}

/** A jump, or another question, fills the window with rows all at once; those beside it come when it rests, ms. */
const REST = 100

/** What a list is taken to be high before it is laid out, px. */
const GUESS = 600

/**
 * Follows the scroll place. All rows are equally high, so sums do what a virtualiser's measurements would: those cost an
 * entry per row, made anew whenever the number of rows changes, and here that is ten times a second.
 */
export function useSight(scroller: RefObject<HTMLElement | null>, now: TableNow, height: number, head: number) {
  const { answers, moved } = now
  const count = now.head?.matched ?? 0
  const frame = useRef<Frame>({ count, height, view: GUESS })
  const top = { ...inSight({ ...frame.current, count, height }, 0), shift: 0, beside: 0, answers }
  const [kept, setSight] = useState<Sight>(top)
  // Another question begins at the top: nothing may look for its rows where those of the last one were.
  const sight = kept.answers === answers ? kept : top
  if (sight !== kept) setSight(sight)

  const rest = useRef<ReturnType<typeof setTimeout>>(undefined)
  const measure = useCallback(() => {
    const scrolled = scroller.current?.scrollTop ?? 0
    const shift = scrolled - placeAt(frame.current, scrolled)
    const { first, last } = inSight(frame.current, scrolled)
    clearTimeout(rest.current)
    rest.current = setTimeout(() => setSight((now) => (now.beside === BESIDE ? now : { ...now, beside: BESIDE })), REST)
    setSight((old) => {
      if (old.first === first && old.last === last && old.shift === shift) return old
      const jumped = first > old.last || last < old.first
      return { ...old, first, last, shift, beside: jumped ? 0 : old.beside }
    })
  }, [scroller])
  useEffect(() => () => clearTimeout(rest.current), [])

  // When rows came or went above those in sight, these stay where they are.
  const was = useRef({ answers, moved })
  useLayoutEffect(() => {
    const other = answers !== was.current.answers
    const by = moved - was.current.moved
    was.current = { answers, moved }
    frame.current = { ...frame.current, count, height }
    const element = scroller.current
    if (element && (other || by !== 0)) element.scrollTop = other ? 0 : element.scrollTop + by * height
    measure()
  }, [scroller, count, height, answers, moved, measure])

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const read = () => {
      frame.current = { ...frame.current, view: element.clientHeight > 0 ? element.clientHeight - head : GUESS }
      measure()
    }
    read()
    const observer = new ResizeObserver(read)
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller, head, measure])

  useEffect(() => {
    const element = scroller.current
    // The frame that scrolls is the one that shows it: React would leave it to a later one.
    const scrolled = () => flushSync(measure)
    element?.addEventListener('scroll', scrolled, { passive: true })
    return () => element?.removeEventListener('scroll', scrolled)
  }, [scroller, measure])

  /** Brings a row into sight. */
  const reveal = useCallback(
    (index: number) => {
      const element = scroller.current
      if (!element) return
      const to = scrollTo(frame.current, element.scrollTop, index)
      if (to !== element.scrollTop) element.scrollTop = to
      measure()
    },
    [scroller, measure],
  )
  return { sight, frame, reveal }
}
