import { observeElementRect, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef } from 'react'
import type { Candidate } from '../../wails/model'
import css from './CandidateGrid.module.css'
import { CandidateRow, type RowControls } from './CandidateRow'

/** The height of a row in px at the default font size; a row never wraps. */
const ROW = 56

interface Props extends RowControls {
  label: string
  candidates: readonly Candidate[]
  /** The candidate whose details are shown. */
  active: number | null
  onActive: (index: number) => void
  /** Enter on the active row. */
  onEnter?: (candidate: Candidate) => void
}

/**
 * A list of contexts that stays fast with thousands: only the rows in sight exist. The grid has the focus and names its
 * active row, so the focus can't be lost with a row that scrolls away. Arrows move, Space picks, Enter chooses.
 */
export function CandidateGrid({ label, candidates, active, onActive, onEnter, ...controls }: Props) {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const at = candidates.findIndex((c) => c.index === active)
  const virtual = useVirtualizer({
    count: candidates.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
    // Before the first layout the height is 0, and nothing would be there to lay out.
    observeElementRect: (instance, ring) =>
      observeElementRect(instance, (rect) => ring(rect.height > 0 ? rect : { ...rect, height: 10 * ROW })),
  })

  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
  }, [at, virtual])

  const go = (to: number) => {
    const candidate = candidates[Math.min(Math.max(to, 0), candidates.length - 1)]
    if (candidate) onActive(candidate.index)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 8,
      PageUp: at - 8,
      Home: 0,
      End: candidates.length - 1,
    }
    const to = moves[event.key]
    const candidate = candidates[at]
    if (to !== undefined) go(to)
    else if (event.key === ' ' && candidate) pick(candidate)
    else if (event.key === 'Enter' && candidate && onEnter) onEnter(candidate)
    else return
    event.preventDefault()
  }

  const pick = (candidate: Candidate) => {
    const { check, radio } = controls
    if (check && !check.disabled(candidate)) check.onToggle(candidate.index)
    else if (!check && radio && !radio.disabled(candidate)) radio.onChange(candidate.index)
  }

  const onClick = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest('tr[data-index]') : null
    const index = Number(row?.getAttribute('data-index') ?? Number.NaN)
    if (Number.isInteger(index)) onActive(index)
  }

  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  const shown = items.some((item) => item.index === at)
  return (
    <div ref={scroller} className={css.scroller}>
      {/* The rows that don't exist keep their room as padding. */}
      <div style={{ paddingBlockStart: before, paddingBlockEnd: after }}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table is what grid is for; the rule forgets it
          role="grid"
          aria-label={label}
          aria-rowcount={candidates.length}
          aria-multiselectable={controls.check !== undefined}
          aria-activedescendant={shown ? `${id}-${active}` : undefined}
          tabIndex={0}
          className={css.grid}
          onKeyDown={onKeyDown}
          onClick={onClick}
        >
          <tbody>
            {items.map((item) => {
              const candidate = candidates[item.index]
              if (!candidate) return null
              return (
                <CandidateRow
                  key={candidate.index}
                  id={`${id}-${candidate.index}`}
                  candidate={candidate}
                  position={item.index + 1}
                  active={item.index === at}
                  {...controls}
                />
              )
            })}
          </tbody>
        </table>
      </div>
    </div>
  )
}
