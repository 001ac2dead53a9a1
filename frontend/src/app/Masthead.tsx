import { useSession } from '../wails/context'
import type { Primary } from '../wails/model'
import css from './Masthead.module.css'
import { SyncButton } from './SyncButton'

/** The top bar: what this is, who holds the view, and how the view stands. */
export function Masthead({ syncOpen, onSync }: { syncOpen: boolean; onSync: () => void }) {
  const primary = useSession((s) => s.primary)
  return (
    <header className={css.masthead}>
      <span className={css.brand}>
        <img src="/logo.svg" alt="" width="30" height="30" />
        Binnacle
      </span>
      {primary && <Holder primary={primary} />}
      <SyncButton open={syncOpen} onPress={onSync} />
    </header>
  )
}

function Holder({ primary }: { primary: Primary }) {
  return (
    <p className={css.holder} title={primary.server}>
      <span className={css.subtle}>Your view is held by</span> <strong className={css.name}>{primary.name}</strong>{' '}
      <span className={css.subtle}>as</span> <span className={css.name}>{primary.identity}</span>
      {!primary.identityVerified && (
        <>
          {' '}
          <span className={css.mark} title="Read from the credential; the cluster has not confirmed it">
            unverified
          </span>
        </>
      )}
    </p>
  )
}
