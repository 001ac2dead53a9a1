import { Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core'
import { type ReactNode, useId } from 'react'
import { useReturnFocus } from './useReturnFocus'

interface Props {
  title: string
  description?: string
  size?: 'small' | 'medium' | 'large'
  warning?: boolean
  footer: ReactNode
  /** Selects what has the focus first; without it PatternFly takes the close button. */
  focus?: string
  children: ReactNode
  onClose: () => void
}

/** A modal dialog; Escape closes it, and the focus goes back to where it was. */
export function Dialog({ title, description, size = 'small', warning, footer, focus, children, onClose }: Props) {
  const id = useId()
  useReturnFocus()
  return (
    <Modal
      isOpen
      variant={size}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-body`}
      onClose={onClose}
      {...(focus ? { elementToFocus: focus } : {})}
    >
      <ModalHeader
        title={title}
        labelId={`${id}-title`}
        {...(description ? { description } : {})}
        {...(warning ? { titleIconVariant: 'warning' } : {})}
      />
      <ModalBody id={`${id}-body`}>{children}</ModalBody>
      <ModalFooter>{footer}</ModalFooter>
    </Modal>
  )
}
