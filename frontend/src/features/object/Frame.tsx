import { type ReactNode, useLayoutEffect, useState } from 'react'
import { ResizeHandle, useKeptSize } from '../../ui/ResizeHandle'
import { useReturnFocus } from '../../ui/useReturnFocus'
import css from './ObjectDrawer.module.css'

interface Props {
  label: string
  children: ReactNode
  onClose: () => void
}

const LEAST = 420
/** What of the window is left to the page, px: the rail and the table's first column. */
const BESIDE = 240

/** The drawer's frame: over the page at the window's end, as wide as the person wants it. Escape asks to close it. */
export function Frame({ label, children, onClose }: Props) {
  useReturnFocus()
  const [width, setWidth] = useKeptSize('drawer-width', 720)
  const most = useMost()
  const shown = Math.min(width, most)
  return (
    <aside
      aria-label={label}
      className={css.drawer}
      style={{ inlineSize: shown }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        onClose()
      }}
    >
      <ResizeHandle label="Width of the drawer" edge="left" size={shown} least={LEAST} most={most} onSize={setWidth} />
      {children}
    </aside>
  )
}

const room = () => Math.max(LEAST, window.innerWidth - BESIDE)

function useMost(): number {
  const [most, setMost] = useState(room)
  useLayoutEffect(() => {
    const onResize = () => setMost(room())
    window.addEventListener('resize', onResize)
    return () => window.removeEventListener('resize', onResize)
  }, [])
  return most
}
