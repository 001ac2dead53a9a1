import { useEffect, useRef, useState } from 'react'
import { useSubmit } from '../../ui/act'
import { SecretField } from '../../ui/SecretField'
import { useBackend, useSession } from '../../wails/context'
import { NewPassphrase, type NewPassphraseHandle } from './NewPassphrase'
import { SealDialog } from './SealDialog'

/** Changes the passphrase; the key behind it stays, so machines that are unlocked stay so. */
export function ChangePassphrase({ onClose }: { onClose: () => void }) {
  const backend = useBackend()
  const seal = useSession((session) => session.seal)
  const { busy, failure, submit } = useSubmit()
  const old = useRef<HTMLInputElement>(null)
  const fresh = useRef<NewPassphraseHandle>(null)
  const [missing, setMissing] = useState('')

  // A wrong old passphrase is the likely reason; the new one stays typed.
  useEffect(() => {
    if (failure) old.current?.select()
  }, [failure])

  const change = () => {
    const before = old.current?.value ?? ''
    setMissing(before === '' ? 'Type the passphrase that is in use now.' : '')
    if (before === '') return old.current?.focus()
    const passphrase = fresh.current?.read() ?? null
    if (passphrase === null) return
    const send = () =>
      backend.seal({ action: 'passphrase', mode: seal.mode, passphrase, old: before, carry: seal.carries })
    submit(send, onClose)
  }

  return (
    <SealDialog
      title="Change the passphrase"
      submit="Change passphrase"
      busy={busy}
      failure={failure}
      onSubmit={change}
      onClose={onClose}
    >
      <p>Machines where this view is open stay logged in. A new machine asks for the new passphrase.</p>
      <SecretField
        label="Passphrase in use now"
        inputRef={old}
        autoComplete="current-password"
        focus
        error={missing}
        disabled={busy}
        onInput={() => setMissing('')}
      />
      <NewPassphrase ref={fresh} refused="" disabled={busy} />
    </SealDialog>
  )
}
