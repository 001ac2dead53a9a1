import { Button, TextInput } from '@patternfly/react-core'
import { type FormEvent, useState } from 'react'
import { useAct } from '../../ui/act'
import { useBackend } from '../../wails/context'
import css from './Sync.module.css'

/** For a person who may keep Secrets in a namespace that Binnacle doesn't look in by itself. */
export function PlaceForm() {
  const backend = useBackend()
  const act = useAct()
  const [namespace, setNamespace] = useState('')
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (namespace.trim() !== '') act(() => backend.saveIn(namespace.trim()), 'The view is saved there')
  }
  return (
    <form className={css.place} onSubmit={save}>
      <label htmlFor="save-in">Namespace in which you may keep Secrets</label>
      <TextInput
        id="save-in"
        value={namespace}
        onChange={(_event, value) => setNamespace(value)}
        autoComplete="off"
        spellCheck={false}
      />
      <Button type="submit" variant="secondary" size="sm" isDisabled={namespace.trim() === ''}>
        Save it there
      </Button>
    </form>
  )
}
