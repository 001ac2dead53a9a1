import { Button } from '@patternfly/react-core'
import { type FormEvent, useState } from 'react'
import { useSubmit } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useBackend } from '../../wails/context'
import css from './Address.module.css'
import { Field } from './Field'

/** An identity provider that the server doesn't tell of; its ways join the others. */
export function OtherIssuer({ ticket }: { ticket: string }) {
  const backend = useBackend()
  const [issuer, setIssuer] = useState('')
  const [ca, setCA] = useState('')
  const [clientID, setClientID] = useState('')
  const [missing, setMissing] = useState(false)
  const { busy, failure, submit } = useSubmit()
  const look = (event: FormEvent) => {
    event.preventDefault()
    setMissing(issuer.trim() === '')
    if (issuer.trim() === '' || busy) return
    submit(
      () =>
        backend.lookUpIssuer(ticket, { issuer: issuer.trim(), ca: ca.trim(), trust: '', clientID: clientID.trim() }),
      () => {
        setIssuer('')
        setCA('')
        setClientID('')
      },
    )
  }
  return (
    <details>
      <summary>Another identity provider</summary>
      <form noValidate className={css.form} onSubmit={look}>
        <Field
          label="Issuer"
          value={issuer}
          required
          help="Its address, as in the iss claim: https://login.example.net/realms/fleet"
          error={missing ? 'Type the issuer’s address.' : ''}
          onChange={setIssuer}
        />
        <Field
          label="Your client ID there"
          value={clientID}
          help="As the API server knows it; it can be typed later too."
          onChange={setClientID}
        />
        <Field
          label="Its CA certificate"
          value={ca}
          lines
          help="PEM text; empty takes the system’s certificates."
          onChange={setCA}
        />
        {failure && <ErrorAlert failure={failure} />}
        <div className={css.buttons}>
          <Button type="submit" variant="secondary" isLoading={busy} isDisabled={busy}>
            Find its ways
          </Button>
        </div>
      </form>
    </details>
  )
}
