import { useCallback, useState } from 'react'
import { toFailure } from '../wails/errors'
import type { Failure } from '../wails/model'
import { useNotices } from './Notices'

/** Runs a command; a failure becomes a toast, success says `done` when given. */
export function useAct(): (work: () => Promise<unknown>, done?: string) => void {
  const notices = useNotices()
  return useCallback(
    (work, done) => {
      work().then(
        () => {
          if (done) notices.say(done)
        },
        (thrown: unknown) => notices.fail(toFailure(thrown)),
      )
    },
    [notices],
  )
}

export interface Submit {
  busy: boolean
  failure: Failure | null
  /** Runs the work once at a time; a failure is kept to be shown, success calls done. */
  submit(work: () => Promise<unknown>, done?: () => void): void
}

/** For forms and dialogs: the failure is shown where the person looks. */
export function useSubmit(): Submit {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const submit = useCallback((work: () => Promise<unknown>, done?: () => void) => {
    setBusy(true)
    setFailure(null)
    work().then(
      () => {
        setBusy(false)
        done?.()
      },
      (thrown: unknown) => {
        setBusy(false)
        setFailure(toFailure(thrown))
      },
    )
  }, [])
  return { busy, failure, submit }
}
