import { Button } from '@patternfly/react-core'
import { useState } from 'react'
import { useAct } from '../../ui/act'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { useBackend } from '../../wails/context'
import css from './Stage.module.css'

/** The ways out of a login that isn't finished: keep what this machine has for another time, or drop it. */
export function LogOut({ disabled }: { disabled: boolean }) {
  const backend = useBackend()
  const act = useAct()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button
        variant="link"
        className={css.push ?? ''}
        isDisabled={disabled}
        onClick={() => act(() => backend.logOut(false))}
      >
        Use another primary
      </Button>
      <Button variant="link" isDisabled={disabled} onClick={() => setAsking(true)}>
        Log out…
      </Button>
      {asking && (
        <ConfirmDialog
          title="Log out and forget the credentials?"
          confirm="Log out"
          danger
          onConfirm={() => backend.logOut(true)}
          onClose={() => setAsking(false)}
        >
          <p>
            The credentials of this login are removed from this machine’s keychain. To log in again you need the
            kubeconfig. To keep them, choose “Use another primary” instead.
          </p>
        </ConfirmDialog>
      )}
    </>
  )
}
