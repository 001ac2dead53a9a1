import { Button, FormGroup, TextInput } from '@patternfly/react-core'
import { type ReactNode, useId, useState } from 'react'
import { useSubmit } from './act'
import { Dialog } from './Dialog'
import { ErrorAlert } from './ErrorAlert'
import css from './ui.module.css'

interface Props {
  title: string
  /** What the button does, as a verb: "Remove 3 clusters". */
  confirm: string
  danger?: boolean
  /** The words that the person must type before the button works. */
  typed?: string
  children: ReactNode
  onConfirm: () => Promise<unknown>
  onClose: () => void
}

/** Asks before something that matters; a failure stays in the dialog. */
export function ConfirmDialog({ title, confirm, danger = false, typed, children, onConfirm, onClose }: Props) {
  const id = useId()
  const [words, setWords] = useState('')
  const { busy, failure, submit } = useSubmit()
  const ready = typed === undefined || words === typed
  return (
    <Dialog
      title={title}
      warning={danger}
      focus={typed === undefined ? (danger ? `[id="${id}-cancel"]` : `[id="${id}-confirm"]`) : `[id="${id}-typed"]`}
      onClose={onClose}
      footer={
        <>
          <Button
            id={`${id}-confirm`}
            variant={danger ? 'danger' : 'primary'}
            isDisabled={!ready || busy}
            isLoading={busy}
            onClick={() => submit(onConfirm, onClose)}
          >
            {confirm}
          </Button>
          <Button id={`${id}-cancel`} variant="link" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <div className={css.stack}>
        {children}
        {typed !== undefined && (
          <FormGroup label={`Type “${typed}” to go on`} fieldId={`${id}-typed`}>
            <TextInput id={`${id}-typed`} value={words} onChange={(_, value) => setWords(value)} autoComplete="off" />
          </FormGroup>
        )}
        {failure && <ErrorAlert failure={failure} />}
      </div>
    </Dialog>
  )
}
