import { type PointerEvent, type RefObject, useLayoutEffect, useMemo } from 'react'
import type { TableLayout } from '../../wails/model'
import { clamped, leastOf, type Shown, tracks } from './columns'

/** How the widths of columns are changed. */
export interface Resize {
  drag(id: string, event: PointerEvent<HTMLElement>): void
  nudge(id: string, by: number): void
  /** Makes the column as wide as what is in sight of it. */
  fit(id: string): void
}

const PADDING = 18

/**
 * Changes widths. The first change takes all columns as they stand, so that only the one under the hand moves; while it is
 * dragged only the grid's tracks change, and no row renders.
 */
export function useResize(
  grid: RefObject<HTMLElement | null>,
  columns: readonly Shown[],
  layout: TableLayout,
  onLayout: (next: TableLayout) => void,
): Resize {
  useLayoutEffect(() => lay(grid.current, columns), [grid, columns])
  return useMemo(() => {
    const standing = () =>
      Object.fromEntries(
        columns.map((c) => [c.id, c.set || clamped(headOf(grid.current, c.id)?.offsetWidth || c.least)]),
      )
    const set = (id: string, width: number) =>
      onLayout({ ...layout, widths: { ...layout.widths, ...standing(), [id]: clamped(width) } })
    const now = (id: string) => standing()[id] ?? 0

    const drag = (id: string, event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      event.preventDefault()
      const edge = event.currentTarget
      const widths = standing()
      const from = event.clientX - (widths[id] ?? 0)
      let width = widths[id] ?? 0
      const move = (moved: globalThis.PointerEvent) => {
        width = clamped(Math.max(1, moved.clientX - from))
        const set = { ...widths, [id]: width }
        lay(
          grid.current,
          columns.map((c) => ({ ...c, set: set[c.id] ?? c.least })),
        )
      }
      const end = (ended: globalThis.PointerEvent) => {
        edge.removeEventListener('pointermove', move)
        edge.removeEventListener('pointerup', end)
        edge.removeEventListener('pointercancel', end)
        if (ended.type === 'pointerup' && width !== widths[id]) set(id, width)
      }
      edge.setPointerCapture?.(event.pointerId)
      edge.addEventListener('pointermove', move)
      edge.addEventListener('pointerup', end)
      edge.addEventListener('pointercancel', end)
    }
    return {
      drag,
      nudge: (id, by) => set(id, now(id) + by),
      fit: (id) => set(id, widest(grid.current, id)),
    }
  }, [grid, columns, layout, onLayout])
}

// A custom property that all rows share: nothing renders when it changes.
function lay(grid: HTMLElement | null, columns: readonly Shown[]): void {
  grid?.style.setProperty('--tracks', tracks(columns))
  grid?.style.setProperty('min-inline-size', `${leastOf(columns)}px`)
}

function headOf(grid: HTMLElement | null, id: string): HTMLElement | undefined {
  return cellsOf(grid, id).find((one) => one.role === 'columnheader')
}

function cellsOf(grid: HTMLElement | null, id: string): HTMLElement[] {
  return [...(grid?.querySelectorAll<HTMLElement>('[data-column]') ?? [])].filter((one) => one.dataset.column === id)
}

/** What the widest cell of the column needs, px. */
function widest(grid: HTMLElement | null, id: string): number {
  return Math.max(...cellsOf(grid, id).map(needed), 0) + PADDING
}

// A range is as wide as its text, though a box around cuts that off.
function needed(cell: HTMLElement): number {
  const range = document.createRange()
  range.selectNodeContents(cell.firstElementChild ?? cell)
  return Math.ceil(range.getBoundingClientRect?.().width ?? 0)
}
