import { Button, TextInput } from '@patternfly/react-core'
import { type FormEvent, useId, useState } from 'react'
import { useSubmit } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useBackend } from '../../wails/context'
import css from './Address.module.css'

/** Asks for an address; answers the ticket of its look-up. */
export function AddressForm({ onTicket }: { onTicket: (ticket: string) => void }) {
  const backend = useBackend()
  const id = useId()
  const [address, setAddress] = useState('')
  const { busy, failure, submit } = useSubmit()
  const look = (event: FormEvent) => {
    event.preventDefault()
    if (address.trim() === '') return document.getElementById(id)?.focus()
    submit(async () => onTicket(await backend.lookUp(address.trim())))
  }
  return (
    <form noValidate className={css.form} onSubmit={look}>
      <label htmlFor={id}>Address of an API server or a T4K console</label>
      <div className={css.line}>
        <TextInput
          id={id}
          className={css.grow ?? ''}
          value={address}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder="https://api.example.net:6443"
          aria-describedby={`${id}-help`}
          onChange={(_event, text) => setAddress(text)}
        />
        <Button type="submit" variant="secondary" isLoading={busy} isDisabled={busy}>
          Look it up
        </Button>
      </div>
      <p id={`${id}-help`} className={css.help}>
        Binnacle looks what is there and how one signs in. No credential is sent, and nothing is kept.
      </p>
      {failure && <ErrorAlert failure={failure} />}
    </form>
  )
}
