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
}

/** A jump fills the window with rows all at once; those beside it come when it rests, ms. */
const REST = 100

/** What a list is taken to be high before it is laid out, px. */
const GUESS = 600

/**
 * Follows the scroll place. All rows are equally high, so sums do what a virtualiser's measurements would: those cost an
 * entry per row, made anew whenever the number of rows changes, and here that is ten times a second.
 */
export function useSight(scroller: RefObject<HTMLElement | null>, now: TableNow, height: number, head: number) {
  const count = now.head?.matched ?? 0
  const [sight, setSight] = useState<Sight>({ first: 0, last: Math.ceil(GUESS / height), shift: 0, beside: BESIDE })
  const frame = useRef<Frame>({ count, height, view: GUESS })

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
      return { first, last, shift, beside: jumped ? 0 : old.beside }
    })
  }, [scroller])
  useEffect(() => () => clearTimeout(rest.current), [])

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const read = () => {
      const view = element.clientHeight > 0 ? element.clientHeight - head : GUESS
      frame.current = { count, height, view }
      measure()
    }
    read()
    const observer = new ResizeObserver(read)
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller, count, height, head, measure])

  // Another question begins at the top; when rows came or went above those in sight, these stay where they are.
  const { answers, moved } = now
  const was = useRef({ answers, moved })
  useLayoutEffect(() => {
    const element = scroller.current
    const by = moved - was.current.moved
    const other = answers !== was.current.answers
    was.current = { answers, moved }
    if (!element || (!other && by === 0)) return
    element.scrollTop = other ? 0 : element.scrollTop + by * height
    measure()
  }, [scroller, answers, moved, height, measure])

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
