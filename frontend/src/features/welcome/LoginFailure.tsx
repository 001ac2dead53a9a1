import { Button } from '@patternfly/react-core'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { OpenSignIns } from './OpenSignIns'
import type { Login } from './useLogin'

/** Why the login failed, and the way on without the server where there is one. */
export function LoginFailure({ login }: { login: Login }) {
  const { failure, offline } = login
  if (failure === null) return null
  if (failure.code === 'login') {
    return (
      <>
        <ErrorAlert failure={failure} />
        <OpenSignIns />
      </>
    )
  }
  if (offline === null) return <ErrorAlert failure={failure} />
  return (
    <ErrorAlert
      failure={failure}
      action={
        <>
          <Button variant="link" isInline isDisabled={login.busy} onClick={() => login.start(offline)}>
            Start here without it
          </Button>
          <span>Your view begins on this machine and is saved there when the cluster answers.</span>
        </>
      }
    />
  )
}
