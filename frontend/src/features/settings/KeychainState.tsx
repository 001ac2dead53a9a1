import { Button } from '@patternfly/react-core'
import { assertNever } from '../../lib/assertNever'
import { useAct } from '../../ui/act'
import { useBackend, useSession } from '../../wails/context'
import type { KeychainState as State } from '../../wails/model'
import css from './Settings.module.css'

/** How the keychain stands, with the way to mend it. */
export function KeychainState() {
  const { state, hint } = useSession((s) => s.keychain)
  const backend = useBackend()
  const act = useAct()
  return (
    <div className={css.row}>
      <div className={css.words}>
        <span>{words(state)}</span>
        {hint !== '' && <span className={css.hint}>{hint}</span>}
      </div>
      {state === 'missing' && (
        // biome-ignore lint/correctness/useHookAtTopLevel: a command of Go, no hook
        <Button variant="link" onClick={() => act(() => backend.useMemoryOnly())}>
          Memory only for this run
        </Button>
      )}
      <Button variant="secondary" onClick={() => act(() => backend.retryKeychain(), 'The keychain answers')}>
        Check again
      </Button>
    </div>
  )
}

function words(state: State): string {
  switch (state) {
    case 'ok':
      return 'The keychain answers. All secrets are kept there and nowhere else.'
    case 'waiting':
      return 'Waiting for the keychain: a prompt of your desktop is open.'
    case 'missing':
      return 'The keychain does not answer, so no secret can be kept.'
    case 'memory':
      return 'Secrets are kept in memory and go when Binnacle ends.'
    default:
      return assertNever(state)
  }
}
