import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useAct } from '../../ui/act'
import { useBackend } from '../../wails/context'
import { toFailure } from '../../wails/errors'
import type { Failure, LogRequest, ObjectRef } from '../../wails/model'

type State = { at: 'opening' } | { at: 'failed'; failure: Failure } | { at: 'open'; id: string }

/**
 * Keeps the log of a request open while mounted; another request opens another. What shows of it may be more or less than was
 * asked for at first: members join and leave an open log, so that the lines of the others stay.
 */
export function useLog(request: LogRequest, shown: readonly ObjectRef[]): { state: State; again: () => void } {
  const { logs } = useBackend()
  const act = useAct()
  const [state, setState] = useState<State>({ at: 'opening' })
  const [tries, setTries] = useState(0)
  const wanted = useRef(shown)
  const told = useRef(shown)
  useLayoutEffect(() => {
    wanted.current = shown
  }, [shown])
  const asked = JSON.stringify(request)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is a reason to open it
  useEffect(() => {
    let ended = false
    told.current = wanted.current
    const opening = logs.open({ ...(JSON.parse(asked) as LogRequest), refs: [...told.current] })
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
  useEffect(() => {
    if (state.at !== 'open') return
    const { id } = state
    const before = told.current
    told.current = shown
    const news = shown.filter((ref) => !before.some((one) => one.member === ref.member))
    for (const { member } of before) if (!shown.some((ref) => ref.member === member)) act(() => logs.leave(id, member))
    if (news.length > 0) act(() => logs.join(id, news))
  }, [logs, act, state, shown])
  return { state, again: () => setTries((n) => n + 1) }
}
