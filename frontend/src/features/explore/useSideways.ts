import { type RefObject, useEffect, useState } from 'react'

/**
 * Whether the table is wider than its window. Only then do names and actions stick to the sides: a browser looks at all that
 * sticks on each scroll.
 */
export function useSideways(scroller: RefObject<HTMLElement | null>, grid: RefObject<HTMLElement | null>): boolean {
  const [sideways, setSideways] = useState(false)
  useEffect(() => {
    const outer = scroller.current
    const inner = grid.current
    if (!outer || !inner) return
    const observer = new ResizeObserver(() => setSideways(inner.offsetWidth > outer.clientWidth))
    observer.observe(outer)
    observer.observe(inner)
    return () => observer.disconnect()
  }, [scroller, grid])
  return sideways
}
