import { type KeyboardEvent, type PointerEvent, useCallback, useState } from 'react'
import css from './ResizeHandle.module.css'

interface Props {
  /** What it sizes: "Width of the drawer". */
  label: string
  /** The edge of the panel that it is; dragging away from the panel makes the panel larger. */
  edge: 'left' | 'top'
  size: number
  least: number
  most: number
  onSize: (size: number) => void
}

const STEP = 24

/** A panel's edge that can be dragged, or moved with the arrow keys. */
export function ResizeHandle({ label, edge, size, least, most, onSize }: Props) {
  const wide = edge === 'left'
  const set = (next: number) => onSize(Math.round(Math.max(least, Math.min(most, next))))
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    event.preventDefault()
    const handle = event.currentTarget
    const from = wide ? event.clientX : event.clientY
    const move = (now: globalThis.PointerEvent) => set(size + from - (wide ? now.clientX : now.clientY))
    const end = () => {
      handle.removeEventListener('pointermove', move)
      handle.removeEventListener('lostpointercapture', end)
    }
    handle.setPointerCapture(event.pointerId)
    handle.addEventListener('pointermove', move)
    handle.addEventListener('lostpointercapture', end)
  }
  const onKey = (event: KeyboardEvent) => {
    const next = target(event.key, wide, size, least, most)
    if (next === null) return
    event.preventDefault()
    event.stopPropagation()
    set(next)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> can't be moved
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={wide ? 'vertical' : 'horizontal'}
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={most}
      className={css.handle}
      data-edge={edge}
      onPointerDown={drag}
      onKeyDown={onKey}
    />
  )
}

function target(key: string, wide: boolean, size: number, least: number, most: number): number | null {
  if (key === (wide ? 'ArrowLeft' : 'ArrowUp')) return size + STEP
  if (key === (wide ? 'ArrowRight' : 'ArrowDown')) return size - STEP
  if (key === 'Home') return least
  if (key === 'End') return most
  return null
}

/** A size in px that this machine remembers under a key. */
export function useKeptSize(key: string, initial: number): [size: number, setSize: (size: number) => void] {
  const [size, setSize] = useState(() => read(key) || initial)
  const keep = useCallback(
    (next: number) => {
      setSize(next)
      write(key, next)
    },
    [key],
  )
  return [size, keep]
}

// A webview can refuse its storage; a size that is not remembered is no harm.
function read(key: string): number {
  try {
    return Number(localStorage.getItem(key))
  } catch {
    return 0
  }
}

function write(key: string, size: number): void {
  try {
    localStorage.setItem(key, String(size))
  } catch {
    // see above
  }
}
