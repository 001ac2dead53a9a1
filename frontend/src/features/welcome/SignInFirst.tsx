import { Button } from '@patternfly/react-core'
import { visible } from '../../lib/visible'
import type { Candidate } from '../../wails/model'
import { AccessStep } from '../wizard/AccessStep'
import { Heading } from '../wizard/Frame'
import { type Access, accessHeading, isSettled } from '../wizard/useAccess'
import { LoginFailure } from './LoginFailure'
import css from './Stage.module.css'
import type { Login } from './useLogin'

interface Props {
  access: Access
  primary: Candidate
  login: Login
  onLogIn: () => void
  onBack: () => void
}

/** What must be done before one can log in: a sign-in, a program to look at. The others can wait. */
export function SignInFirst({ access, primary, login, onLogIn, onBack }: Props) {
  return (
    <>
      <Heading level="h1">{accessHeading(access)}</Heading>
      <LoginFailure login={login} />
      <AccessStep access={access} />
      <div className={css.buttons}>
        <Button
          variant="primary"
          isLoading={login.busy}
          isDisabled={login.busy || !isSettled(access, primary)}
          onClick={onLogIn}
        >
          Log in to {shortName(primary)}
        </Button>
        <Button variant="secondary" isDisabled={login.busy} onClick={onBack}>
          Back
        </Button>
      </div>
    </>
  )
}

/** A button holds a few words, a context's name can have 253 characters. */
export function shortName({ name }: Candidate): string {
  const characters = [...visible(name)]
  return characters.length > 40 ? `${characters.slice(0, 39).join('')}…` : characters.join('')
}
