import { useEffect, useState } from 'react'
import { useBackend } from '../../wails/context'
import { toFailure } from '../../wails/errors'
import type { Failure, LogRequest } from '../../wails/model'

type State = { at: 'opening' } | { at: 'failed'; failure: Failure } | { at: 'open'; id: string }

/** Keeps the log of a request open while mounted; another request opens another. */
export function useLog(request: LogRequest): { state: State; again: () => void } {
  const { logs } = useBackend()
  const [state, setState] = useState<State>({ at: 'opening' })
  const [tries, setTries] = useState(0)
  const asked = JSON.stringify(request)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is a reason to open it
  useEffect(() => {
    let ended = false
    const opening = logs.open(JSON.parse(asked) as LogRequest)
    setState({ at: 'opening' })
    opening.then(
      (id) => {
        if (!ended) setState({ at: 'open', id })
      },
      (thrown: unknown) => {
        if (!ended) setState({ at: 'failed', failure: toFailure(thrown) })
      },
    )
    return () => {
      ended = true
      // Also one that is only being opened; what fails to close Go ends by itself.
      opening.then((id) => logs.close(id)).catch(() => undefined)
    }
  }, [logs, asked, tries])
  return { state, again: () => setTries((n) => n + 1) }
}
