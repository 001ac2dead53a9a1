import CheckIcon from '@patternfly/react-icons/dist/esm/icons/check-icon'
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import css from './ActionMenu.module.css'
import { useReturnFocus } from './useReturnFocus'

export interface MenuItem {
  id: string
  title: string
  /** Says why it can't be chosen now; such an item stays reachable. */
  refused?: string
  danger?: boolean
  keys?: string
  /** Makes it a checkbox item, after which the menu stays open. */
  checked?: boolean
  /** A line above it. */
  parted?: boolean
  run: () => void
}

export interface Point {
  x: number
  y: number
}

interface Props {
  label: string
  at: Point
  items: MenuItem[]
  onClose: () => void
}

/** A menu at a point of the window: context menus, three-dot menus and filters are all this. */
export function ActionMenu({ label, at, items, onClose }: Props) {
  const list = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState(at)
  const giveBackFocus = useReturnFocus()
  useLayoutEffect(() => {
    const box = list.current?.getBoundingClientRect()
    if (!box) return
    const within = (from: number, size: number, room: number) => Math.max(8, Math.min(from, room - size - 8))
    setPlace({ x: within(at.x, box.width, window.innerWidth), y: within(at.y, box.height, window.innerHeight) })
  }, [at.x, at.y])
  useEffect(() => buttons(list.current)[0]?.focus(), [])
  useEffect(() => {
    const away = (event: Event) => {
      if (event.target instanceof Node && list.current?.contains(event.target)) return
      onClose()
    }
    document.addEventListener('pointerdown', away, true)
    window.addEventListener('blur', onClose)
    window.addEventListener('resize', onClose)
    return () => {
      document.removeEventListener('pointerdown', away, true)
      window.removeEventListener('blur', onClose)
      window.removeEventListener('resize', onClose)
    }
  }, [onClose])

  const choose = (item: MenuItem) => {
    if (item.refused) return
    if (item.checked === undefined) {
      // Before the item runs: a dialog that it opens gives the focus back to what has it now, and this menu goes.
      giveBackFocus()
      onClose()
    }
    item.run()
  }
  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault()
      giveBackFocus() // at once: the next key may be there before the next frame
      onClose()
      return
    }
    const all = buttons(list.current)
    const next = target(event.key, all, document.activeElement)
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  return createPortal(
    <div
      ref={list}
      role="menu"
      tabIndex={-1}
      aria-label={label}
      className={css.menu}
      style={{ left: place.x, top: place.y }}
      onKeyDown={onKey}
      onContextMenu={(event) => event.preventDefault()}
    >
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          {...(item.checked === undefined
            ? { role: 'menuitem' }
            : { role: 'menuitemcheckbox', 'aria-checked': item.checked })}
          tabIndex={-1}
          className={css.item}
          aria-disabled={item.refused ? true : undefined}
          title={item.refused}
          data-danger={item.danger}
          data-parted={item.parted}
          onClick={() => choose(item)}
        >
          {item.checked !== undefined && <span className={css.check}>{item.checked && <CheckIcon />}</span>}
          <span className={css.title}>{item.title}</span>
          {item.keys && (
            <span className={css.keys} aria-hidden="true">
              {item.keys}
            </span>
          )}
        </button>
      ))}
    </div>,
    document.body,
  )
}

function buttons(list: HTMLElement | null): HTMLButtonElement[] {
  return list ? [...list.querySelectorAll('button')] : []
}

/** The item that a key goes to: arrows, Home, End and first letters. */
function target(key: string, all: HTMLButtonElement[], active: Element | null): HTMLButtonElement | undefined {
  const at = active instanceof HTMLButtonElement ? all.indexOf(active) : -1
  if (key === 'ArrowDown') return all[(at + 1) % all.length]
  if (key === 'ArrowUp') return all.at(at <= 0 ? -1 : at - 1)
  if (key === 'Home') return all[0]
  if (key === 'End') return all.at(-1)
  if (key.length !== 1 || key === ' ') return undefined
  const after = [...all.slice(at + 1), ...all.slice(0, at + 1)]
  return after.find((one) => one.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()))
}

/** Where a menu of that button belongs: below its start. */
export function below(button: Element): Point {
  const box = button.getBoundingClientRect()
  return { x: box.left, y: box.bottom + 4 }
}
