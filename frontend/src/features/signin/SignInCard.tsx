import { Alert, Button, Spinner } from '@patternfly/react-core'
import { useRef, useState } from 'react'
import { visible } from '../../lib/visible'
import { Age } from '../../ui/Age'
import { useSubmit } from '../../ui/act'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { Plain } from '../../ui/Plain'
import { useBackend } from '../../wails/context'
import type { SignIn, Subject } from '../../wails/model'
import css from './SignIn.module.css'
import { InBrowser, OnDevice } from './Waiting'
import { isSignedIn, needsPerson, stateWords, underWay } from './words'

interface Props {
  signIn: SignIn
  /** Whom it is begun for; null offers no beginning. */
  subject: Subject | null
  /** Offers to sign out. */
  leave?: boolean
}

/** One session with an identity provider: how it stands, for whom, and what the person can do now. */
export function SignInCard({ signIn: s, subject, leave = false }: Props) {
  const backend = useBackend()
  const { busy, failure, submit } = useSubmit()
  const [leaving, setLeaving] = useState(false)
  const box = useRef<HTMLElement>(null)
  const name = visible(s.title)

  // What is pressed goes away with the state that it belongs to; the focus stays in this card.
  const run = (work: () => Promise<unknown>) => {
    box.current?.focus()
    submit(work)
  }
  const start = (device: boolean) => {
    if (subject === null) return
    run(async () => {
      if (underWay(s)) await backend.cancelSignIn(s.key)
      await backend.startSignIn(subject, { device })
    })
  }
  const codeWords = s.browser ? 'Use a code instead' : 'Use a code'
  const toCode = s.device && subject !== null ? () => start(true) : null

  return (
    <section ref={box} tabIndex={-1} aria-label={`Sign-in with ${name}`} className={css.card} data-state={s.state}>
      <header className={css.head}>
        <p className={css.title}>
          <Plain>{s.title}</Plain>
          {s.connector !== '' && (
            <span className={css.subtle}>
              {' by '}
              <Plain>{s.connector}</Plain>
            </span>
          )}
        </p>
        <p role="status" className={css.state}>
          {s.state === 'starting' && <Spinner size="sm" aria-hidden="true" />}
          {stateWords(s.state)}
        </p>
      </header>
      {s.plain && (
        <Alert
          component="p"
          isInline
          isPlain
          variant="warning"
          title="This provider is reached by plain http: anyone on the way can read your sign-in."
        />
      )}
      {s.why !== '' && (
        <p className={css.why}>
          <Plain>{s.why}</Plain>
        </p>
      )}
      {isSignedIn(s) && (
        <p>
          As <Plain>{s.who}</Plain>.{' '}
          {s.expiresAt > 0 && (
            <span className={css.subtle}>
              The token in use ends <Age at={s.expiresAt} />; it is renewed before.
            </span>
          )}
        </p>
      )}
      {s.state === 'browser' && <InBrowser url={s.url} name={name} />}
      {s.state === 'device' && s.code && <OnDevice code={s.code} name={name} />}
      <Users signIn={s} />
      {failure && <ErrorAlert failure={failure} />}
      <div className={css.buttons}>
        {needsPerson(s) && subject !== null && (s.browser || !s.device) && (
          <Button
            variant="primary"
            size="sm"
            aria-label={`Sign in to ${name}`}
            isDisabled={busy}
            onClick={() => start(false)}
          >
            Sign in
          </Button>
        )}
        {(needsPerson(s) || s.state === 'browser') && toCode && (
          <Button
            variant={s.browser ? 'secondary' : 'primary'}
            size="sm"
            aria-label={`${codeWords} for ${name}`}
            isDisabled={busy}
            onClick={toCode}
          >
            {codeWords}
          </Button>
        )}
        {underWay(s) && (
          <Button
            variant="link"
            size="sm"
            aria-label={`Cancel the sign-in to ${name}`}
            isDisabled={busy}
            onClick={() => run(() => backend.cancelSignIn(s.key))}
          >
            Cancel
          </Button>
        )}
        {leave && isSignedIn(s) && (
          <Button variant="secondary" size="sm" aria-label={`Sign out of ${name}`} onClick={() => setLeaving(true)}>
            Sign out…
          </Button>
        )}
      </div>
      {leaving && (
        <ConfirmDialog
          title={`Sign out of ${name}?`}
          confirm="Sign out"
          onConfirm={() => backend.signOut(s.key)}
          onClose={() => setLeaving(false)}
        >
          <p>
            The tokens are taken back where the provider can do that, and leave this machine’s keychain.{' '}
            {s.members.length > 0 && 'The clusters that use this sign-in wait until you sign in again.'}
          </p>
        </ConfirmDialog>
      )}
    </section>
  )
}

const MOST = 6

function Users({ signIn }: { signIn: SignIn }) {
  const { members, title } = signIn
  if (members.length === 0 || (members.length === 1 && members[0] === title)) return null
  const rest = members.length - MOST
  const words = isSignedIn(signIn) ? 'Used by' : members.length === 1 ? 'Waits for it:' : 'Wait for it:'
  return (
    <p className={css.subtle} title={members.map(visible).join(', ')}>
      {words} <Plain>{members.slice(0, MOST).join(', ')}</Plain>
      {rest > 0 && ` and ${rest} more`}
    </p>
  )
}
