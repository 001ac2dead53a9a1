import { useSession } from '../../wails/context'
import { Heading } from '../wizard/Frame'
import { Sources } from '../wizard/Sources'
import { KnownPrimaries } from './KnownPrimaries'
import { LoginFailure } from './LoginFailure'
import css from './Stage.module.css'
import type { Login } from './useLogin'

/** The first question: which cluster? Those that this machine knows come first, then where a kubeconfig can come from. */
export function Start({ login, onTicket }: { login: Login; onTicket: (ticket: string) => void }) {
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
      {known.length > 0 && <KnownPrimaries known={known} login={login} />}
      <section aria-label="Import a kubeconfig">
        <h2 className={css.or}>{known.length > 0 ? 'Or another cluster' : 'Its kubeconfig'}</h2>
        <Sources onTicket={onTicket} />
      </section>
    </>
  )
}
