import { Button, Spinner } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { AnnouncerProvider } from '../ui/Announcer'
import { ErrorAlert } from '../ui/ErrorAlert'
import { NoticesProvider } from '../ui/Notices'
import type { Backend } from '../wails/backend'
import { BackendProvider, useSessionState } from '../wails/context'
import css from './App.module.css'
import { UndoToast } from './UndoToast'

/** Everything that a screen may count on: the door to Go, a session that was read, notices and the live region. */
export function Providers({ backend, children }: { backend: Backend; children: ReactNode }) {
  return (
    <BackendProvider backend={backend}>
      <AnnouncerProvider>
        <SessionGate>
          <NoticesProvider extra={<UndoToast />}>{children}</NoticesProvider>
        </SessionGate>
      </AnnouncerProvider>
    </BackendProvider>
  )
}

function SessionGate({ children }: { children: ReactNode }) {
  const { state, pull } = useSessionState()
  if (state.status === 'ready') return children
  return (
    <div className={css.gate}>
      {state.status === 'loading' ? (
        <Spinner aria-label="Starting Binnacle" />
      ) : (
        <ErrorAlert
          failure={state.failure}
          action={
            <Button variant="link" isInline onClick={pull}>
              Try again
            </Button>
          }
        />
      )}
    </div>
  )
}
