import { Button } from '@patternfly/react-core'
import TrashIcon from '@patternfly/react-icons/dist/esm/icons/trash-icon'
import { useState } from 'react'
import { Age } from '../../ui/Age'
import { useAct } from '../../ui/act'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { useBackend, useSession } from '../../wails/context'
import type { KnownPrimary } from '../../wails/model'
import { LogOutDialog } from './LogOutDialog'
import css from './Sync.module.css'

/** The primaries that this machine knows: the current one, and those to switch to. */
export function Primaries() {
  const known = useSession((s) => s.known)
  const [leaving, setLeaving] = useState(false)
  const [forgetting, setForgetting] = useState<KnownPrimary | null>(null)
  return (
    <section className={css.part} aria-labelledby="primaries">
      <h3 id="primaries">Primaries</h3>
      <ul className={css.list}>
        {known.map((primary) => (
          <li key={primary.viewID} className={css.primary}>
            <Who primary={primary} />
            {primary.current ? (
              <Button variant="secondary" size="sm" onClick={() => setLeaving(true)}>
                Log out…
              </Button>
            ) : (
              <Other primary={primary} onForget={() => setForgetting(primary)} />
            )}
          </li>
        ))}
      </ul>
      <p className={css.subtle}>To log in to another cluster, choose “Make primary” in its menu.</p>
      {leaving && <LogOutDialog onClose={() => setLeaving(false)} />}
      {forgetting && <Forget primary={forgetting} onClose={() => setForgetting(null)} />}
    </section>
  )
}

function Who({ primary: p }: { primary: KnownPrimary }) {
  return (
    <span className={css.who}>
      <strong>{p.name}</strong>
      <span className={css.subtle}>
        {p.identity}, {p.members === 1 ? '1 cluster' : `${p.members} clusters`},{' '}
        {p.current ? 'current' : <Age at={p.lastLogin} />}
      </span>
    </span>
  )
}

function Other({ primary, onForget }: { primary: KnownPrimary; onForget: () => void }) {
  const backend = useBackend()
  const act = useAct()
  return (
    <span className={css.choices}>
      <Button
        variant="secondary"
        size="sm"
        aria-label={`Switch to ${primary.name}`}
        onClick={() => act(() => backend.logInKnown(primary.viewID))}
      >
        Switch
      </Button>
      <Button
        variant="plain"
        size="sm"
        aria-label={`Forget ${primary.name} on this machine`}
        icon={<TrashIcon />}
        onClick={onForget}
      />
    </span>
  )
}

function Forget({ primary, onClose }: { primary: KnownPrimary; onClose: () => void }) {
  const backend = useBackend()
  return (
    <ConfirmDialog
      title={`Forget ${primary.name} on this machine?`}
      confirm={`Forget ${primary.name}`}
      danger
      onConfirm={() => backend.forgetPrimary(primary.viewID)}
      onClose={onClose}
    >
      <p>
        This machine’s copy of that view goes, and with it its credentials in the keychain. What is saved on{' '}
        {primary.name} stays.
      </p>
    </ConfirmDialog>
  )
}
