import { useCallback, useMemo, useRef, useState } from 'react'
import { useBackend } from '../../wails/context'
import { toFailure } from '../../wails/errors'
import type { Failure, LogInRequest } from '../../wails/model'

export interface Login {
  busy: boolean
  failure: Failure | null
  /** The request that the server didn't answer to: it can be begun on this machine without it. */
  offline: LogInRequest | null
  start(request: LogInRequest): void
  startKnown(viewID: string): void
  cancel(): Promise<void>
  clear(): void
}

/** One login at a time; its failure is kept while the screens change. One that the person cancelled is no failure. */
export function useLogin(): Login {
  const backend = useBackend()
  const running = useRef(false)
  const cancelled = useRef(false)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<{ failure: Failure; request: LogInRequest | null } | null>(null)

  const run = useCallback(async (work: () => Promise<void>, request: LogInRequest | null) => {
    if (running.current) return
    running.current = true
    cancelled.current = false
    setBusy(true)
    setFailed(null)
    try {
      await work()
    } catch (thrown) {
      if (!cancelled.current) setFailed({ failure: toFailure(thrown), request })
    } finally {
      running.current = false
      setBusy(false)
    }
  }, [])

  const cancel = useCallback(() => {
    cancelled.current = true
    return backend.cancelLogin()
  }, [backend])

  return useMemo(
    () => ({
      busy,
      failure: failed?.failure ?? null,
      offline: failed?.failure.code === 'unreachable' && failed.request ? { ...failed.request, offline: true } : null,
      start: (request) => void run(() => backend.logIn(request), request),
      startKnown: (viewID) => void run(() => backend.logInKnown(viewID), null),
      cancel,
      clear: () => setFailed(null),
    }),
    [backend, busy, cancel, failed, run],
  )
}
