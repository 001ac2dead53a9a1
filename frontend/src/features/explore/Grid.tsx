import { type MouseEvent, useEffect, useMemo, useRef } from 'react'
import { below, type Point } from '../../ui/ActionMenu'
import type { Member, Row, TableLayout } from '../../wails/model'
import type { Held, Table, TableNow } from '../../wails/stores/table'
import { rowAt } from '../../wails/stores/tablePages'
import { pressed, shownColumns } from './columns'
import css from './Grid.module.css'
import { GridHead } from './GridHead'
import { GapRow, GridRow } from './GridRow'
import { tall } from './places'
import { type Slots, seated } from './slots'
import { type Current, useCurrent } from './useCurrent'
import { useGridKeys } from './useGridKeys'
import { useResize } from './useResize'
import { useSight } from './useSight'

// px; Grid.module.css has the same in rem.
const HEIGHTS = { comfortable: 40, compact: 30 }
const HEAD = 40

export interface GridProps {
  label: string
  table: Table
  now: TableNow
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
  const { now, table, layout, members, onLayout, onOpen, onMenu } = props
  const scroller = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  const height = HEIGHTS[props.density]
  const count = now.head?.matched ?? 0
  const columns = useMemo(() => shownColumns(now.head?.columns ?? [], layout), [now.head?.columns, layout])
  const resize = useResize(grid, columns, layout, onLayout)
  const { sight, frame, reveal } = useSight(scroller, now, height, HEAD)
  const { current, pick, go, from, rest, focused, held } = useCurrent(grid, now, sight, reveal)

  // The row that has the focus stays where it is; else the first in sight does, but for the very top: news show there.
  const { first, last } = sight
  const top = first > 0 ? rowAt(now.pages, first) : undefined
  const key = held?.key ?? top?.key
  const index = held?.index ?? first
  useEffect(() => {
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
  const seats = useRef<Slots>(new Map())
  seats.current = seated(
    seats.current,
    list.map((one) => one.key),
  )
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
          data-busy={now.busy}
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
          {inSeats(list, seats.current).map(({ index: i, row, slot }) =>
            row ? (
              <GridRow
                key={slot}
                row={row}
                index={i}
                top={i * height + sight.shift}
                columns={columns}
                memberName={members.get(row.member)?.name ?? row.member}
                memberColor={members.get(row.member)?.color ?? ''}
                current={current?.row.key === row.key}
              />
            ) : (
              <GapRow key={`gap:${i}`} top={i * height + sight.shift} />
            ),
          )}
        </div>
      </div>
    </div>
  )
}

interface Item {
  index: number
  key: string
  /** Undefined: it is on its way. */
  row: Row | undefined
}

/** The rows about what is in sight, and the current one wherever it is. */
function listed({ pages, head }: TableNow, span: { first: number; last: number }, current: Current | null): Item[] {
  const seen = new Set<string>() // pages of two moments may hold the same row
  const list: Item[] = []
  for (let index = Math.max(0, span.first); index <= Math.min(span.last, (head?.matched ?? 0) - 1); index++) {
    const row = rowAt(pages, index)
    const fresh = row && !seen.has(row.key)
    list.push({ index, key: fresh ? row.key : `gap:${index}`, row: fresh ? row : undefined })
    if (row) seen.add(row.key)
  }
  if (current && !seen.has(current.row.key)) list.push({ ...current, key: current.row.key })
  return list
}

/** In the order of their elements, so that none moves in the document. */
function inSeats(list: Item[], slots: Slots): (Item & { slot: number })[] {
  return list.map((one) => ({ ...one, slot: slots.get(one.key) ?? -1 })).sort((a, b) => a.slot - b.slot)
}

function menuPoint(row: HTMLElement): Point {
  const { x, y } = below(row.querySelector('[role="rowheader"]') ?? row)
  return { x: x + 24, y: y - 8 }
}

/** A text that doesn't fit tells the rest when it is pointed at. */
function showWhole({ target }: { target: EventTarget }): void {
  if (!(target instanceof HTMLElement) || target.children.length > 0) return
  const cut = target.scrollWidth > target.clientWidth
  if (cut && target.title === '') target.title = target.textContent
}
