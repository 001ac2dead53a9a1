import { Button, FormGroup, TextInput } from '@patternfly/react-core'
import { useId, useState } from 'react'
import { useSubmit } from '../../ui/act'
import { Dialog } from '../../ui/Dialog'
import { ErrorAlert } from '../../ui/ErrorAlert'
import type { SavedFilter } from '../../wails/model'
import css from './Toolbar.module.css'

interface Props {
  filter: SavedFilter
  /** The other filters of this kind. */
  taken: readonly SavedFilter[]
  onSave: (filter: SavedFilter) => Promise<unknown>
  onClose: () => void
}

const LONGEST = 80

/** Names a filter. A name that is taken overwrites that one, and the button says so. */
export function NameDialog({ filter, taken, onSave, onClose }: Props) {
  const id = useId()
  const [name, setName] = useState(filter.name)
  const { busy, failure, submit } = useSubmit()
  const words = name.trim()
  const other = taken.find((one) => one.name === words)
  const fresh = filter.id === ''
  const save = () =>
    submit(() => onSave({ ...filter, id: fresh ? (other?.id ?? '') : filter.id, name: words }), onClose)
  const clash = other !== undefined && !fresh
  return (
    <Dialog
      title={fresh ? 'Save the filter' : `Rename ${filter.name}`}
      description="Saved filters are part of your view and are the same on your other machines."
      focus={`[id="${id}"]`}
      onClose={onClose}
      footer={
        <>
          <Button
            form={`${id}-form`}
            type="submit"
            variant="primary"
            isDisabled={words === '' || clash || busy}
            isLoading={busy}
          >
            {other && fresh ? `Overwrite ${other.name}` : 'Save'}
          </Button>
          <Button variant="link" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <form
        id={`${id}-form`}
        onSubmit={(event) => {
          event.preventDefault()
          if (words !== '' && !clash) save()
        }}
      >
        <FormGroup label="Name" fieldId={id} isRequired>
          <TextInput
            id={id}
            value={name}
            maxLength={LONGEST}
            autoComplete="off"
            validated={clash ? 'error' : 'default'}
            onChange={(_, text) => setName(text)}
          />
        </FormGroup>
        {clash && <p className={css.problem}>Another filter has this name.</p>}
        {failure && <ErrorAlert failure={failure} />}
      </form>
    </Dialog>
  )
}
