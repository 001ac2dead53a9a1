import { Button } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import css from './LogsDock.module.css'

interface Props {
  label: string
  on: boolean
  icon?: ReactNode
  children?: ReactNode
  onToggle: () => void
}

/** A button that is on or off. */
export function Toggle({ label, on, icon, children, onToggle }: Props) {
  return (
    <Button
      variant="plain"
      size="sm"
      className={css.toggle ?? ''}
      aria-label={label}
      aria-pressed={on}
      title={label}
      {...(icon ? { icon } : {})}
      onClick={onToggle}
    >
      {children}
    </Button>
  )
}
