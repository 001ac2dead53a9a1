import { Button, type ButtonProps } from '@patternfly/react-core'
import { type ReactNode, useRef, useState } from 'react'
import { ActionMenu, below, type MenuItem, type Point } from './ActionMenu'

interface Props {
  /** The button's and the menu's name. */
  label: string
  variant?: ButtonProps['variant']
  icon?: ReactNode
  children?: ReactNode
  className?: string | undefined
  items: () => MenuItem[]
}

/** A button that opens a menu below it. */
export function MenuButton({ label, variant = 'control', icon, children, className, items }: Props) {
  const [at, setAt] = useState<Point | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  // The press that closes the menu from outside is also a click on this button; it must not open it again.
  const closing = useRef(false)
  return (
    <>
      <Button
        ref={button}
        variant={variant}
        icon={icon}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        {...(className ? { className } : {})}
        onPointerDown={() => {
          closing.current = at !== null
        }}
        onClick={() => {
          if (button.current && !closing.current) setAt(below(button.current))
          closing.current = false
        }}
      >
        {children}
      </Button>
      {at && <ActionMenu label={label} at={at} items={items()} onClose={() => setAt(null)} />}
    </>
  )
}
