import { Alert, AlertActionLink } from '@patternfly/react-core'
import { useAct } from '../ui/act'
import { useBackend, useSession } from '../wails/context'
import css from './KeychainBanner.module.css'

/** Says when secrets can't be kept: what is the matter, how to mend it, and the way on for this run. */
export function KeychainBanner() {
  const { state, hint } = useSession((s) => s.keychain)
  if (state === 'ok') return null
  return (
    <section aria-label="Keychain">
      <Alert
        component="p"
        isInline
        className={css.banner ?? ''}
        variant={state === 'missing' ? 'warning' : 'info'}
        title={TITLES[state]}
        actionLinks={state === 'waiting' ? null : <Ways missing={state === 'missing'} />}
      >
        {hint}
      </Alert>
    </section>
  )
}

const TITLES = {
  waiting: 'Waiting for the keychain',
  memory: 'Secrets are kept in memory only',
  missing: 'The keychain does not answer, so no secret can be kept',
}

function Ways({ missing }: { missing: boolean }) {
  const backend = useBackend()
  const act = useAct()
  return (
    <>
      <AlertActionLink onClick={() => act(() => backend.retryKeychain())}>Try again</AlertActionLink>
      {missing && (
        // biome-ignore lint/correctness/useHookAtTopLevel: a command of Go, no hook
        <AlertActionLink onClick={() => act(() => backend.useMemoryOnly())}>
          Keep secrets in memory for this run
        </AlertActionLink>
      )}
    </>
  )
}
