import { Alert, Button } from '@patternfly/react-core'
import { useAct } from '../../ui/act'
import { useBackend, useSession } from '../../wails/context'

/** Credentials need a keychain: says when there is none, or when it waits for an answer. */
export function KeychainNotice() {
  const backend = useBackend()
  const act = useAct()
  const { state, hint } = useSession((session) => session.keychain)
  // Go's command has a hook's name; taken out here so that it isn't taken for one.
  const { useMemoryOnly: memoryOnly } = backend
  if (state === 'ok') return null
  if (state === 'memory') {
    return (
      <Alert
        component="p"
        isInline
        isPlain
        variant="info"
        title={hint || 'Credentials are kept in memory for this run only.'}
      />
    )
  }
  if (state === 'waiting') {
    return (
      <Alert component="p" isInline variant="info" title="Waiting for the keychain">
        {hint}
      </Alert>
    )
  }
  return (
    <Alert
      component="p"
      isInline
      variant="warning"
      title="There is no keychain to keep credentials in"
      actionLinks={
        <>
          <Button variant="link" isInline onClick={() => act(() => backend.retryKeychain())}>
            Try again
          </Button>
          <Button variant="link" isInline onClick={() => act(() => memoryOnly())}>
            Keep them in memory for this run
          </Button>
        </>
      }
    >
      {hint}
    </Alert>
  )
}
