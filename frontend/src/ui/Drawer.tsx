import { Button } from '@patternfly/react-core'
import TimesIcon from '@patternfly/react-icons/dist/esm/icons/times-icon'
import { type ReactNode, useEffect, useRef } from 'react'
import css from './Drawer.module.css'
import { useReturnFocus } from './useReturnFocus'

interface Props {
  /** The landmark's name. */
  label: string
  title: ReactNode
  /** Lies over the page instead of beside it. */
  over?: boolean
  children: ReactNode
  onClose: () => void
}

/** A panel at the window's end. It takes the focus; Escape closes it and gives the focus back. */
export function Drawer({ label, title, over = false, children, onClose }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useReturnFocus()
  useEffect(() => heading.current?.focus(), [])
  return (
    <aside
      aria-label={label}
      className={css.drawer}
      data-over={over}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        onClose()
      }}
    >
      <header className={css.head}>
        <h2 ref={heading} tabIndex={-1} className={css.title}>
          {title}
        </h2>
        <Button variant="plain" aria-label={`Close: ${label}`} icon={<TimesIcon />} onClick={onClose} />
      </header>
      <div className={css.body}>{children}</div>
    </aside>
  )
}
