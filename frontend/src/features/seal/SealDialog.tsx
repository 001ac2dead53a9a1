import { Button, Form } from '@patternfly/react-core'
import { type FormEvent, type ReactNode, useId } from 'react'
import { Dialog } from '../../ui/Dialog'
import { ErrorAlert } from '../../ui/ErrorAlert'
import type { Failure } from '../../wails/model'

interface Props {
  title: string
  submit: string
  /** Shown in red: what it removes or reveals can't be called back. */
  danger?: boolean
  busy: boolean
  /** What Go said against it, when it isn't shown at a field. */
  failure: Failure | null
  /** Does the change; called once per submit, never while one is running. */
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** One change of how the view is kept: a small form in a dialog. Enter submits, Esc leaves while nothing is running. */
export function SealDialog({ title, submit, danger = false, busy, failure, onSubmit, onClose, children }: Props) {
  const id = useId()
  const leave = () => {
    if (!busy) onClose()
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!busy) onSubmit()
  }
  return (
    <Dialog
      title={title}
      warning={danger}
      onClose={leave}
      footer={
        <>
          <Button type="submit" form={id} variant={danger ? 'danger' : 'primary'} isLoading={busy} isDisabled={busy}>
            {submit}
          </Button>
          <Button variant="link" isDisabled={busy} onClick={leave}>
            Cancel
          </Button>
        </>
      }
    >
      <Form id={id} noValidate onSubmit={send}>
        {children}
        {failure && <ErrorAlert failure={failure} />}
      </Form>
    </Dialog>
  )
}
