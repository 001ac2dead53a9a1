import { type KeyboardEvent, useRef } from 'react'
import type { Row } from '../../wails/model'
import type { TableNow } from '../../wails/stores/table'
import { PAGE, rowAt } from '../../wails/stores/tablePages'

interface Options {
  now: TableNow
  /** Rows in sight, for a page up or down. */
  page: number
  /** The row that has the focus, by its place. */
  from: () => number
  go: (index: number) => void
  rowOf: (element: HTMLElement) => Row | undefined
  onOpen: (row: Row) => void
  onMenu: (row: Row, element: HTMLElement) => void
  onEscape: () => void
}

/** Letters within this time spell one name, ms. */
const SPELL = 800
/** Names are looked for among the rows that were read, this far on. */
const FAR = 3 * PAGE

/** The grid's keys: arrows, page, Home and End move; letters go to the next row whose name begins so; Enter and "." act. */
export function useGridKeys({ now, page, from, go, rowOf, onOpen, onMenu, onEscape }: Options) {
  const spelt = useRef({ text: '', at: 0 })

  const spell = (letter: string, time: number) => {
    const { text, at } = spelt.current
    const more = time - at < SPELL
    const next = more && text !== letter ? text + letter : letter
    spelt.current = { text: next, at: time }
    const start = from() + (next.length > 1 ? 0 : 1)
    const found = nextNamed(now, next, start)
    if (found >= 0) go(found)
  }

  const move = (key: string): number | null => {
    const at = from()
    switch (key) {
      case 'ArrowDown':
        return at + 1
      case 'ArrowUp':
        return at - 1
      case 'PageDown':
        return at + page
      case 'PageUp':
        return at - page
      case 'Home':
        return 0
      case 'End':
        return (now.head?.matched ?? 1) - 1
      default:
        return null
    }
  }

  return (event: KeyboardEvent<HTMLElement>) => {
    const { key, target, timeStamp } = event
    const element = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-key]') : null
    if (!element || event.ctrlKey || event.metaKey || event.altKey) return
    const row = rowOf(element)
    const run = (): (() => void) | null => {
      const to = move(key)
      if (to !== null) return () => go(to)
      if (key === 'Escape') return onEscape
      if (key === 'ContextMenu' || key === '.' || (key === 'F10' && event.shiftKey))
        return row ? () => onMenu(row, element) : null
      if (key === 'Enter') return row && target === element ? () => onOpen(row) : null
      if (key.length === 1 && key !== ' ' && key !== '/') return () => spell(key.toLowerCase(), timeStamp)
      return null
    }
    const command = run()
    if (!command) return
    event.preventDefault()
    event.stopPropagation()
    command()
  }
}

/** The next row from there on, and then from the top, whose name begins so. */
function nextNamed({ pages, head }: TableNow, text: string, start: number): number {
  const count = head?.matched ?? 0
  const near = (i: number) => rowAt(pages, i)?.name.toLowerCase().startsWith(text) === true
  for (let i = start; i < Math.min(count, start + FAR); i++) if (near(i)) return i
  for (let i = Math.max(0, start - FAR); i < start; i++) if (near(i)) return i
  return -1
}
