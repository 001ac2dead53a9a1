import { type KeyboardEvent, type RefObject, useCallback, useState } from 'react'
import type { AppRow } from './rows'

interface Options {
  /** What holds the rows. */
  box: RefObject<HTMLElement | null>
  rows: readonly AppRow[]
  open: ReadonlySet<string>
  onToggle: (key: string, on: boolean) => void
  /** Brings a row into the document. */
  reveal: (index: number) => void
}

const PAGE = 10
const TRIES = 6 // frames until a revealed row is in the document

/** The list's keyboard: one row is in the tab order, arrows move it, Enter and the side arrows open it. */
export function useListKeys({ box, rows, open, onToggle, reveal }: Options) {
  const [wanted, setCurrent] = useState('')
  const current = rows.some((row) => row.app.key === wanted) ? wanted : (rows[0]?.app.key ?? '')

  const focus = useCallback(
    (to: number) => {
      const index = Math.max(0, Math.min(to, rows.length - 1))
      const key = rows[index]?.app.key
      if (key === undefined) return
      setCurrent(key)
      reveal(index)
      let tries = TRIES
      const take = () => {
        const all = box.current?.querySelectorAll<HTMLElement>('tr[data-key]') ?? []
        const row = [...all].find((one) => one.dataset.key === key)
        if (row) {
          row.focus({ preventScroll: true })
          row.scrollIntoView({ block: 'nearest' })
        } else if (tries-- > 0) requestAnimationFrame(take)
      }
      take()
    },
    [box, rows, reveal],
  )

  const onKeyDown = (event: KeyboardEvent) => {
    const { target } = event
    if (!(target instanceof HTMLElement) || target.dataset.key === undefined) return
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const run = command(event.key, target.dataset.key)
    if (!run) return
    event.preventDefault()
    event.stopPropagation()
    run()
  }

  const command = (pressed: string, key: string): (() => void) | null => {
    const at = rows.findIndex((row) => row.app.key === key)
    switch (pressed) {
      case 'ArrowDown':
        return () => focus(at + 1)
      case 'ArrowUp':
        return () => focus(at - 1)
      case 'PageDown':
        return () => focus(at + PAGE)
      case 'PageUp':
        return () => focus(at - PAGE)
      case 'Home':
        return () => focus(0)
      case 'End':
        return () => focus(rows.length - 1)
      case 'ArrowRight':
        return () => onToggle(key, true)
      case 'ArrowLeft':
        return () => onToggle(key, false)
      case 'Enter':
      case ' ':
        return () => onToggle(key, !open.has(key))
      default:
        return null
    }
  }
  return { current, setCurrent, onKeyDown }
}
