import { useSession } from '../../wails/context'
import type { AddressControls } from '../address/useAddress'
import { Heading } from '../wizard/Frame'
import { Sources } from '../wizard/Sources'
import { KnownPrimaries } from './KnownPrimaries'
import { LoginFailure } from './LoginFailure'
import css from './Stage.module.css'
import type { Login } from './useLogin'

interface Props {
  login: Login
  address: AddressControls
  onTicket: (ticket: string, byWay?: boolean) => void
}

/** The first question: which cluster? Those that this machine knows come first, then where a kubeconfig or an address can come from. */
export function Start({ login, address, onTicket }: Props) {
  const known = useSession((session) => session.known)
  return (
    <>
      <header>
        <Heading level="h1">Which cluster do you log in to?</Heading>
        <p className={css.intro}>
          It becomes your primary: the list of clusters that you connect is saved there, for you, and loads wherever you
          log in to it again.
        </p>
      </header>
      <LoginFailure login={login} />
      {known.length > 0 && address.value === null && <KnownPrimaries known={known} login={login} />}
      <section aria-label="Import a kubeconfig or sign in with an address" className={css.form}>
        {address.value === null && (
          <h2 className={css.or}>{known.length > 0 ? 'Or another cluster' : 'Import its kubeconfig'}</h2>
        )}
        <Sources onTicket={onTicket} address={address} />
      </section>
    </>
  )
}
