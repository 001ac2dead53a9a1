import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type KeyboardEvent, type UIEvent, useEffect, useId, useLayoutEffect, useRef } from 'react'
import css from './LogList.module.css'
import { LogRow } from './LogRow'
import { type Lines, type LinesState, lineAt } from './lines'
import type { SourceName } from './sourceNames'
import type { TimeForm } from './stamp'

interface Props {
  lines: Lines
  state: LinesState
  names: ReadonlyMap<string, SourceName>
  /** What is marked in the texts. */
  needle: string
  wrap: boolean
  time: TimeForm
  rowHeight: number
  /** Keys that are not the list's own. */
  onKey: (event: KeyboardEvent) => void
}

/** How near to its end, px, the list is at its end. */
const END = 8

/** The lines in sight of a log, of which Go holds the rest. It follows the end until one moves away from it. */
export function LogList({ lines, state, names, needle, wrap, time, rowHeight, onKey }: Props) {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const { window: known, following, paused, cursor, goal } = state
  const count = known?.matched ?? 0
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialRect: { width: 0, height: 400 },
  })
  const items = virtualizer.getVirtualItems()
  const first = virtualizer.range?.startIndex ?? 0
  const last = virtualizer.range?.endIndex ?? 0
  useEffect(() => lines.look(first, last), [lines, first, last])

  // biome-ignore lint/correctness/useExhaustiveDependencies: lines of another height are measured anew
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, wrap, rowHeight, time])
  // biome-ignore lint/correctness/useExhaustiveDependencies: every window can have another end
  useLayoutEffect(() => {
    if (following && !paused && count > 0) virtualizer.scrollToIndex(count - 1, { align: 'end' })
  }, [virtualizer, following, paused, known, count, wrap])
  const top = useRef(0)
  useLayoutEffect(() => {
    const box = scroller.current
    if (goal === null || !box) return
    if ('by' in goal) box.scrollTop += goal.by * rowHeight
    else virtualizer.scrollToIndex(goal.index, { align: goal.align })
    top.current = box.scrollTop
  }, [virtualizer, goal, rowHeight])

  const onScroll = ({ currentTarget: box }: UIEvent<HTMLElement>) => {
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < END
    // What grows below moves nothing; only a person moves up from the end, or down to it.
    if (following && !atEnd && box.scrollTop < top.current) lines.follow(false)
    else if (!following && atEnd && box.scrollTop > top.current) lines.follow(true)
    top.current = box.scrollTop
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, last - first - 1)
    const from = cursor?.index ?? (following ? count : first - 1)
    const to = target(event, from, page, count)
    if (to === null) {
      onKey(event)
      return
    }
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'End') lines.follow(true)
    else lines.moveTo(to)
  }

  const before = items[0]?.start ?? 0
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)
  const widest = Math.max(0, ...[...names.values()].map((name) => name.short.length))
  const shown = cursor && items.some((item) => item.index === cursor.index)
  return (
    <div
      ref={scroller}
      role="listbox"
      aria-label="Log lines"
      tabIndex={0}
      {...(shown ? { 'aria-activedescendant': `${id}-${cursor.index}` } : {})}
      className={css.list}
      data-wrap={wrap}
      style={{ '--log-source': `calc(${widest}ch + 1rem)` } as CSSProperties}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null
        if (row && String(document.getSelection()) === '') lines.moveTo(Number(row.dataset.index))
      }}
    >
      <div role="presentation" className={css.inner}>
        <div role="presentation" style={{ blockSize: before }} />
        {items.map(({ index }) => {
          const line = known ? lineAt(known, index) : undefined
          return (
            <LogRow
              key={index}
              id={`${id}-${index}`}
              ref={wrap ? virtualizer.measureElement : undefined}
              current={cursor?.index === index}
              source={line && names.get(line.source)}
              {...{ index, count, line, needle, time }}
            />
          )
        })}
        <div role="presentation" style={{ blockSize: Math.max(0, after) }} />
      </div>
    </div>
  )
}

function target({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, from: number, page: number, count: number) {
  if (ctrlKey || metaKey || altKey) return null
  switch (key) {
    case 'ArrowDown':
      return from + 1
    case 'ArrowUp':
      return from - 1
    case 'PageDown':
      return from + page
    case 'PageUp':
      return from - page
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
