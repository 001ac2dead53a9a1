import { Radio } from '@patternfly/react-core'
import { useId, useState } from 'react'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { useBackend, useSession } from '../../wails/context'

/** Logs out; asks whether the secrets stay on this machine. */
export function LogOutDialog({ onClose }: { onClose: () => void }) {
  const backend = useBackend()
  const name = useSession((s) => s.primary?.name ?? 'the primary')
  const unsaved = useSession((s) => s.sync.state === 'local')
  const [forget, setForget] = useState(false)
  const id = useId()
  return (
    <ConfirmDialog
      title={`Log out of ${name}?`}
      confirm={forget ? 'Log out and forget' : 'Log out'}
      danger={forget}
      onConfirm={() => backend.logOut(forget)}
      onClose={onClose}
    >
      <p>All connections end. Your view stays on {name}.</p>
      <Radio
        id={`${id}-keep`}
        name={id}
        label="Keep this view’s credentials in the keychain"
        description="Logging in again needs nothing else."
        isChecked={!forget}
        onChange={() => setForget(false)}
      />
      <Radio
        id={`${id}-forget`}
        name={id}
        label="Forget them on this machine"
        description="To log in again you need a kubeconfig, and the passphrase if the view is sealed."
        isChecked={forget}
        onChange={() => setForget(true)}
      />
      {forget && unsaved && <p>Edits that are saved on this machine only will be lost.</p>}
    </ConfirmDialog>
  )
}
