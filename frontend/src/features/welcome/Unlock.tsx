import { Plain } from '../../ui/Plain'
import { useSession } from '../../wails/context'
import { UnlockForm } from '../seal/UnlockForm'
import { Heading } from '../wizard/Frame'
import { LogOut } from './LogOut'
import css from './Stage.module.css'

/** A sealed view is there and this machine has no key for it: the passphrase, once. */
export function Unlock() {
  const primary = useSession((session) => session.primary)
  return (
    <>
      <header>
        <Heading level="h1">Your view is sealed</Heading>
        <p className={css.intro}>
          It lies on <Plain>{primary?.name ?? 'the primary'}</Plain>. Give its passphrase once; after that this
          machine’s keychain opens it.
        </p>
      </header>
      <UnlockForm submit="Unlock" focus aside={<LogOut disabled={false} />} />
      <details>
        <summary>I don’t know the passphrase</summary>
        <p>
          Nobody can reset it, neither Binnacle nor the cluster’s administrators. A machine where this view is open
          keeps working.
          {primary && primary.location !== '' && (
            <>
              {' '}
              To begin again with an empty view, delete the Secret <code>{primary.location}</code> on the cluster and
              log in again.
            </>
          )}
        </p>
      </details>
    </>
  )
}
