import { type RefObject, useLayoutEffect, useState } from 'react'

/** The inner width of an element, px, kept current; `guess` before it is laid out: a right one spares a second layout. */
export function useWidth(of: RefObject<HTMLElement | null>, guess: () => number): number {
  const [width, setWidth] = useState(guess)
  useLayoutEffect(() => {
    const element = of.current
    if (!element) return
    const read = () => setWidth(element.clientWidth)
    read()
    const observer = new ResizeObserver(read)
    observer.observe(element)
    return () => observer.disconnect()
  }, [of])
  return width
}
