import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useReturnFocus } from '../../ui/useReturnFocus'
import css from './Popover.module.css'

interface Props {
  label: string
  /** What it belongs to; it lies below its start. */
  anchor: Element
  children: ReactNode
  onClose: () => void
}

const EDGE = 8

/** A small panel over the page. It takes the focus; Escape, a press elsewhere or the focus' leaving closes it. */
export function Popover({ label, anchor, children, onClose }: Props) {
  const panel = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState({ left: 0, top: 0, room: 0 })
  const giveBackFocus = useReturnFocus()
  useLayoutEffect(() => {
    const box = anchor.getBoundingClientRect()
    const width = panel.current?.offsetWidth ?? 0
    const left = Math.max(EDGE, Math.min(box.left, window.innerWidth - width - EDGE))
    setPlace({ left, top: box.bottom + 4, room: window.innerHeight - box.bottom - 4 - EDGE })
  }, [anchor])
  useEffect(() => {
    const first = panel.current?.querySelector<HTMLElement>('input, button, textarea')
    ;(first ?? panel.current)?.focus()
  }, [])
  useEffect(() => {
    const away = (event: Event) => {
      const { target } = event
      if (target instanceof Node && !anchor.contains(target) && isOutside(panel.current, target)) onClose()
    }
    document.addEventListener('pointerdown', away, true)
    window.addEventListener('resize', onClose)
    return () => {
      document.removeEventListener('pointerdown', away, true)
      window.removeEventListener('resize', onClose)
    }
  }, [anchor, onClose])
  return createPortal(
    <div
      ref={panel}
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      className={css.panel}
      style={{ left: place.left, top: place.top, maxBlockSize: place.room }}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        giveBackFocus()
        onClose()
      }}
      onBlur={({ relatedTarget }) => {
        // To nothing: a part of the panel went, or the window lost the focus.
        if (relatedTarget && isOutside(panel.current, relatedTarget)) onClose()
      }}
    >
      {children}
    </div>,
    document.body,
  )
}

// A menu of something in the panel lies beside it in the document.
function isOutside(panel: HTMLElement | null, target: EventTarget): boolean {
  return target instanceof Element && !panel?.contains(target) && target.closest('[role="menu"]') === null
}
