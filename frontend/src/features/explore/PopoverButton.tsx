import CaretDownIcon from '@patternfly/react-icons/dist/esm/icons/caret-down-icon'
import { type ReactNode, useRef, useState } from 'react'
import { Popover } from './Popover'
import css from './PopoverButton.module.css'

interface Props {
  /** The button's and the panel's name. */
  label: string
  /** How many values of it filter. */
  count?: number
  icon?: ReactNode
  children: ReactNode
  panel: (close: () => void) => ReactNode
}

/** A button of the toolbar that opens a panel below it. */
export function PopoverButton({ label, count = 0, icon, children, panel }: Props) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => setOpen(false)
  return (
    <>
      <button
        ref={button}
        type="button"
        className={css.button}
        data-on={count > 0}
        aria-label={count > 0 ? `${label}: ${count} chosen` : label}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen((was) => !was)}
      >
        {icon}
        {children}
        {count > 0 && ' '}
        {count > 0 && <span className={css.count}>{count}</span>}
        <CaretDownIcon className={css.caret ?? ''} />
      </button>
      {open && button.current && (
        <Popover label={label} anchor={button.current} onClose={close}>
          {panel(close)}
        </Popover>
      )}
    </>
  )
}
