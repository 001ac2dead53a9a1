import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { below, type Point } from '../../ui/ActionMenu'
import type { Member } from '../../wails/model'

interface Options {
  /** False while a dialog or a menu has the focus. */
  idle: boolean
  /** The members as shown, each with its index among the rows. */
  shown: { member: Member; index: number }[]
  scrollTo: RefObject<((index: number) => void) | null>
  onToggle: (member: Member) => void
  onMenu: (member: Member, at: Point) => void
  /** Runs an action by its id on that row (or on the selection that it is part of). */
  onAction: (id: string, member: Member) => void
}

const PAGE = 10
const TRIES = 6 // frames until a scrolled-to row is in the document

/** The table's keyboard: one row is in the tab order, arrows move it, letters act on it. */
export function useTableKeys({ idle, shown, scrollTo, onToggle, onMenu, onAction }: Options) {
  const box = useRef<HTMLDivElement>(null)
  const [wanted, setCurrent] = useState('')
  const at = shown.findIndex((s) => s.member.id === wanted)
  const lastAt = useRef(0)
  if (at >= 0) lastAt.current = at
  const current = (shown[at] ?? shown[0])?.member.id ?? ''

  const focus = useCallback(
    (to: number) => {
      const goal = shown[Math.max(0, Math.min(to, shown.length - 1))]
      if (!goal) return
      setCurrent(goal.member.id)
      scrollTo.current?.(goal.index)
      let tries = TRIES
      const take = () => {
        const row = [...(box.current?.querySelectorAll<HTMLElement>('tr[data-key]') ?? [])].find(
          (one) => one.dataset.key === goal.member.id,
        )
        if (row) {
          row.focus({ preventScroll: false })
          row.scrollIntoView({ block: 'nearest' })
        } else if (tries-- > 0) requestAnimationFrame(take)
      }
      take()
    },
    [shown, scrollTo],
  )

  // When the focused row has gone (removed here or elsewhere), its neighbour takes over, so that the focus is not lost.
  useEffect(() => {
    if (idle && wanted !== '' && at < 0 && document.activeElement === document.body) focus(lastAt.current)
  }, [idle, wanted, at, focus])

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return
    const row = event.target.closest<HTMLElement>('tr[data-key]')
    const index = shown.findIndex((s) => s.member.id === row?.dataset.key)
    const member = shown[index]?.member
    if (!row || !member) return
    const run = command(event, index, row, member, event.target === row)
    if (!run) return
    event.preventDefault()
    event.stopPropagation()
    run()
  }

  const command = (
    event: KeyboardEvent,
    index: number,
    row: HTMLElement,
    member: Member,
    onRow: boolean,
  ): (() => void) | null => {
    switch (event.key) {
      case 'ArrowDown':
        return () => focus(index + 1)
      case 'ArrowUp':
        return () => focus(index - 1)
      case 'Home':
        return () => focus(0)
      case 'End':
        return () => focus(shown.length - 1)
      case 'PageDown':
        return () => focus(index + PAGE)
      case 'PageUp':
        return () => focus(index - PAGE)
      case 'ContextMenu':
      case '.':
        return () => onMenu(member, menuPoint(row))
      case 'F10':
        return event.shiftKey ? () => onMenu(member, menuPoint(row)) : null
      case 'Enter':
        return onRow ? () => onAction('details', member) : null
      case ' ':
        return onRow ? () => onToggle(member) : null
      case 'Delete':
        return () => onAction('remove', member)
      case 'r':
        return () => onAction('retry', member)
      case 'e':
        return () => onAction('edit', member)
      default:
        return null
    }
  }

  return { box, current, setCurrent, onKeyDown, focusRow: focus }
}

function menuPoint(row: HTMLElement): Point {
  const name = row.querySelector('th') ?? row
  const { x, y } = below(name)
  return { x: x + 24, y: y - 8 }
}
