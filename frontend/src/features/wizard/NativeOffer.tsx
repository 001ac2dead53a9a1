import { Alert, Button } from '@patternfly/react-core'
import { useSubmit } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { Plain } from '../../ui/Plain'
import { useBackend } from '../../wails/context'
import type { Candidate } from '../../wails/model'

/** Signs in natively instead of running what the kubeconfig names, by one press, and back by another. */
export function NativeOffer({ ticket, candidate: c }: { ticket: string; candidate: Candidate }) {
  const backend = useBackend()
  const { busy, failure, submit } = useSubmit()
  if (c.native === '') return null
  const choose = (native: boolean) => submit(() => backend.convertCandidate(ticket, c.index, native))
  return (
    <>
      <Alert
        component="p"
        isInline
        variant={c.converted ? 'success' : 'info'}
        title={c.converted ? 'Binnacle signs in natively' : 'Binnacle can sign in by itself'}
        actionLinks={
          <Button variant="link" isInline isDisabled={busy} onClick={() => choose(!c.converted)}>
            {c.converted ? 'Do as the kubeconfig says' : 'Sign in natively instead'}
          </Button>
        }
      >
        <Plain>{c.native}</Plain>
        {c.converted
          ? '. What the kubeconfig wants run is not run.'
          : '. Then nothing is run, and one sign-in serves every cluster of that provider.'}
      </Alert>
      {failure && <ErrorAlert failure={failure} />}
    </>
  )
}
