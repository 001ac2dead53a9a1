import { Button, Modal } from '@patternfly/react-core'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useReturnFocus } from '../../ui/useReturnFocus'
import css from './Frame.module.css'

interface Props {
  /** True when leaving would lose what was picked or typed; asked when somebody wants to leave. */
  entered: () => boolean
  onClose: () => void
  children: (parts: { titleID: string; leave: () => void; leaving: ReactNode }) => ReactNode
}

/** The dialog around a wizard. Esc and Cancel ask first when something was entered; a second Esc stays. */
export function WizardModal({ entered, onClose, children }: Props) {
  const titleID = useId()
  const [asking, setAsking] = useState(false)
  useReturnFocus()
  const leave = () => {
    if (asking) setAsking(false)
    else if (entered()) setAsking(true)
    else onClose()
  }
  const leaving = asking ? <Leaving onStay={() => setAsking(false)} onLeave={onClose} /> : null
  return (
    <Modal isOpen aria-labelledby={titleID} className={css.modal ?? ''} elementToFocus="[data-heading]" onClose={leave}>
      {children({ titleID, leave, leaving })}
    </Modal>
  )
}

function Leaving({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const stay = useRef<HTMLButtonElement>(null)
  useEffect(() => stay.current?.focus(), [])
  return (
    <>
      <p role="alert">Leave? What you picked and typed here is lost.</p>
      <Button ref={stay} variant="primary" onClick={onStay}>
        Stay
      </Button>
      <Button variant="secondary" isDanger onClick={onLeave}>
        Leave
      </Button>
    </>
  )
}
