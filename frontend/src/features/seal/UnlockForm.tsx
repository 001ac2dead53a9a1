import { Button } from '@patternfly/react-core'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { sentence } from '../../lib/sentence'
import { useSubmit } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { SecretField } from '../../ui/SecretField'
import { useBackend, useSession } from '../../wails/context'
import css from './UnlockForm.module.css'

interface Props {
  submit: string
  /** Takes the focus when it appears. */
  focus?: boolean
  /** Beside the button. */
  aside?: ReactNode
}

/** The passphrase of a sealed view, once. A wrong one is said at the field. */
export function UnlockForm({ submit: words, focus = false, aside }: Props) {
  const backend = useBackend()
  const seal = useSession((session) => session.seal)
  const { busy, failure, submit } = useSubmit()
  const input = useRef<HTMLInputElement>(null)
  const [changed, setChanged] = useState(false)
  const [missing, setMissing] = useState('')
  const refused = failure?.code === 'passphrase' && !changed

  // Typed over, not typed after.
  useEffect(() => {
    if (failure) input.current?.select()
  }, [failure])

  const unlock = (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const passphrase = input.current?.value ?? ''
    setMissing(passphrase === '' ? 'Type the passphrase.' : '')
    if (passphrase === '') return input.current?.focus()
    setChanged(false)
    submit(() => backend.seal({ action: 'unlock', mode: seal.mode, passphrase, old: '', carry: seal.carries }))
  }

  return (
    <form className={css.form} noValidate onSubmit={unlock}>
      <SecretField
        label="Passphrase"
        inputRef={input}
        focus={focus}
        autoComplete="current-password"
        error={missing || (refused ? sentence(failure) : '')}
        disabled={busy}
        onInput={() => {
          setChanged(true)
          setMissing('')
        }}
      />
      {failure && failure.code !== 'passphrase' && <ErrorAlert failure={failure} />}
      <div className={css.buttons}>
        <Button type="submit" variant="primary" isLoading={busy} isDisabled={busy}>
          {words}
        </Button>
        {aside}
      </div>
    </form>
  )
}
