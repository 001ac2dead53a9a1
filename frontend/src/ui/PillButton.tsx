import type { ReactNode } from 'react'
import css from './PillButton.module.css'

interface Props {
  /** The whole of what it says and does. */
  label: string
  tone: 'good' | 'warning' | 'danger' | 'none'
  icon: ReactNode
  title?: string | undefined
  /** Whether what it opens is open. */
  open: boolean
  children: ReactNode
  onPress: () => void
}

/** A standing of something in the header, in few words; it opens the panel that says more. */
export function PillButton({ label, tone, icon, title, open, children, onPress }: Props) {
  return (
    <button
      type="button"
      className={css.button}
      data-tone={tone}
      aria-label={label}
      aria-expanded={open}
      title={title}
      onClick={onPress}
    >
      <span className={css.icon} aria-hidden="true">
        {icon}
      </span>
      <span aria-live="polite">{children}</span>
    </button>
  )
}
