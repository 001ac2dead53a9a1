import { type MouseEvent, useLayoutEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { below, type Point } from '../../ui/ActionMenu'
import type { Member, Row, TableLayout } from '../../wails/model'
import type { Held, Table, TableNow } from '../../wails/stores/table'
import { rowAt } from '../../wails/stores/tablePages'
import { pressed, shownColumns } from './columns'
import css from './Grid.module.css'
import { GridHead } from './GridHead'
import { GapRow, GridRow } from './GridRow'
import { tall } from './places'
import { awaiting, type Seat, seated } from './seats'
import { type Current, useCurrent } from './useCurrent'
import { useGridKeys } from './useGridKeys'
import { useLate } from './useLate'
import { useResize } from './useResize'
import { useSideways } from './useSideways'
import { useSight } from './useSight'

// px; Grid.module.css has the same in rem.
const HEIGHTS = { comfortable: 40, compact: 30 }
const HEAD = 40

export interface GridProps {
  label: string
  table: Table
  layout: TableLayout
  sort: string
  desc: boolean
  members: ReadonlyMap<string, Member>
  density: 'comfortable' | 'compact'
  onLayout: (next: TableLayout) => void
  onOpen: (row: Row) => void
  onMenu: (row: Row, at: Point) => void
  /** Escape on a row. */
  onEscape: () => void
}

/** The rows in sight, in a list as high as all of them. Nothing in here reads or decides; the page above does. */
export function Grid(props: GridProps) {
  const { table, layout, members, onLayout, onOpen, onMenu } = props
  const now = useStore(table.store)
  const scroller = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  const height = HEIGHTS[props.density]
  const count = now.head?.matched ?? 0
  const { columns: chosen, widths } = layout
  const columns = useMemo(
    () => shownColumns(now.head?.columns ?? [], { columns: chosen, widths }),
    [now.head?.columns, chosen, widths],
  )
  const resize = useResize(grid, columns, layout, onLayout)
  const { sight, frame, reveal } = useSight(scroller, now, height, HEAD)
  const { current, pick, go, from, rest, focused, held } = useCurrent(grid, now, sight, reveal)

  // The row that has the focus stays where it is; else the first in sight does, but for the very top: news show there.
  const { first, last } = sight
  const top = first > 0 ? rowAt(now.pages, first) : undefined
  const key = held?.key ?? top?.key
  const index = held?.index ?? first
  // Before the paint, so that the question for rows is on its way meanwhile.
  useLayoutEffect(() => {
    const anchor: Held | null = key === undefined ? null : { key, index }
    table.look({ first, last }, anchor)
  }, [table, first, last, key, index])

  const rowOf = (element: HTMLElement): Row | undefined => {
    const row = rowAt(now.pages, Number(element.ariaRowIndex ?? element.getAttribute('aria-rowindex')) - 2)
    return row?.key === element.dataset.key ? row : current?.row
  }
  const onKeyDown = useGridKeys({
    now,
    page: Math.max(1, last - first - 1),
    from,
    go,
    rowOf,
    onOpen,
    onMenu: (row, element) => onMenu(row, menuPoint(element)),
    onEscape: props.onEscape,
  })
  const pointed = (event: MouseEvent) => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-key]') : null
    const row = element ? rowOf(element) : undefined
    return element && row ? { element, row } : null
  }

  const list = listed(now, { first: first - sight.beside, last: last + sight.beside }, current)
  const seats = useRef<Seat<Item>[]>([])
  const gaps = missing(now, sight)
  if (!awaiting(seats.current, list, { ...sight, gaps: gaps.length })) seats.current = seated(seats.current, list)
  const late = useLate(now.busy ? 'busy' : gaps.length > 0 ? `${first} ${last}` : '')
  const sideways = useSideways(scroller, grid)
  return (
    <div ref={scroller} className={css.scroller} onWheel={rest} onPointerDown={rest}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed one by one, which a table's can't be */}
      <div
        ref={grid}
        role="grid"
        aria-label={props.label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length + 1}
        aria-busy={now.busy}
        className={css.grid}
        data-sideways={sideways}
      >
        <div className={css.headGroup}>
          <GridHead
            columns={columns}
            sort={props.sort}
            desc={props.desc}
            resize={resize}
            onSort={(id) => onLayout(pressed({ ...layout, sort: props.sort, desc: props.desc }, id))}
          />
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: as the grid; its keys are those of useGridKeys */}
        <div
          role="rowgroup"
          className={css.body}
          data-late={late && now.busy}
          style={{ height: tall({ ...frame.current, count, height }) }}
          onKeyDown={onKeyDown}
          onFocus={(event) => {
            const element = event.target.closest<HTMLElement>('[data-key]')
            const row = element ? rowOf(element) : undefined
            focused.current = row?.key ?? null
            if (element && row) pick({ row, index: Number(element.getAttribute('aria-rowindex')) - 2 })
          }}
          onBlur={(event) => {
            // A row that is taken away while it has the focus still wants it; see useCurrent.
            if (event.target.isConnected) focused.current = null
          }}
          onClick={(event) => {
            const at = pointed(event)
            if (!at || String(window.getSelection())) return
            const dots = event.target instanceof Element ? event.target.closest('button') : null
            if (dots) onMenu(at.row, below(dots))
            else onOpen(at.row)
          }}
          onContextMenu={(event) => {
            const at = pointed(event)
            if (!at) return
            event.preventDefault()
            at.element.focus({ preventScroll: true })
            onMenu(at.row, { x: event.clientX, y: event.clientY })
          }}
          onPointerOver={showWhole}
        >
          {seats.current.map(({ item: { index: i, row }, parked }, seat) => (
            <GridRow
              // biome-ignore lint/suspicious/noArrayIndexKey: an element is another row's in time
              key={seat}
              row={row}
              index={i}
              top={i * height + sight.shift}
              parked={parked}
              columns={columns}
              memberName={members.get(row.member)?.name ?? row.member}
              memberColor={members.get(row.member)?.color ?? ''}
              current={!parked && current?.row.key === row.key}
            />
          ))}
          {late && gaps.map((i) => <GapRow key={`gap:${i}`} top={i * height + sight.shift} />)}
        </div>
      </div>
    </div>
  )
}

interface Item extends Current {
  key: string
}

/** The rows about what is in sight that were read, and the current one wherever it is. */
function listed({ pages, head }: TableNow, span: { first: number; last: number }, current: Current | null): Item[] {
  const list = new Map<string, Item>() // pages of two moments may hold the same row
  for (let index = Math.max(0, span.first); index <= Math.min(span.last, (head?.matched ?? 0) - 1); index++) {
    const row = rowAt(pages, index)
    if (row && !list.has(row.key)) list.set(row.key, { index, row, key: row.key })
  }
  if (current && !list.has(current.row.key)) list.set(current.row.key, { ...current, key: current.row.key })
  return [...list.values()]
}

/** The places in sight whose rows are on their way. */
function missing({ pages, head }: TableNow, { first, last }: { first: number; last: number }): number[] {
  const gaps: number[] = []
  for (let i = first; i <= Math.min(last, (head?.matched ?? 0) - 1); i++) if (!rowAt(pages, i)) gaps.push(i)
  return gaps
}

function menuPoint(row: HTMLElement): Point {
  const { x, y } = below(row.querySelector('[role="rowheader"]') ?? row)
  return { x: x + 24, y: y - 8 }
}

/** A text that doesn't fit tells the rest when it is pointed at. */
function showWhole({ target }: { target: EventTarget }): void {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null
  if (!cell) return
  const cut = cell.scrollWidth > cell.clientWidth ? (cell.textContent ?? '') : ''
  if (cell.title !== cut) cell.title = cut // an element shows another row in time
}
