import { SignInButton } from '../features/signin/SignInButton'
import { useSession } from '../wails/context'
import type { Primary } from '../wails/model'
import css from './Masthead.module.css'
import { SyncButton } from './SyncButton'
import { PALETTE_KEYS } from './usePalette'

/** What the header's buttons open at the window's end, one at a time. */
export type Panel = 'sync' | 'signIns'

interface Props {
  panel: Panel | null
  /** Opens that panel, or closes it. */
  onPanel: (panel: Panel) => void
  onPalette: () => void
}

/** The top bar: what this is, who holds the view, who needs to sign in, and how the view stands. */
export function Masthead({ panel, onPanel, onPalette }: Props) {
  const primary = useSession((s) => s.primary)
  return (
    <header className={css.masthead}>
      <span className={css.brand}>
        <img src="/logo.svg" alt="" width="30" height="30" />
        Binnacle
      </span>
      {primary && <Holder primary={primary} />}
      <div className={css.standing}>
        <button type="button" className={css.search} onClick={onPalette} aria-haspopup="dialog">
          Search or do… <kbd className={css.keys}>{PALETTE_KEYS}</kbd>
        </button>
        <SignInButton open={panel === 'signIns'} onPress={() => onPanel('signIns')} />
        <SyncButton open={panel === 'sync'} onPress={() => onPanel('sync')} />
      </div>
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
