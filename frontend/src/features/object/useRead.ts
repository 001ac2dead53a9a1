import { useCallback, useEffect, useRef, useState } from 'react'
import { toFailure } from '../../wails/errors'
import type { Failure } from '../../wails/model'

export interface Read<T> {
  /** What was read last; it stays while it is read anew, and when that fails. */
  value: T | null
  failure: Failure | null
  busy: boolean
  again: () => void
}

interface State<T> extends Omit<Read<T>, 'again'> {
  of: string
}

/**
 * Reads something of Go's: what `of` names, once, and anew whenever `round` changes or again() is called. An answer that a
 * newer question has overtaken is dropped.
 */
export function useRead<T>(read: () => Promise<T>, of: string, round: string | number = ''): Read<T> {
  const [state, setState] = useState<State<T>>(() => blank(of))
  const latest = useRef(read)
  latest.current = read
  const turn = useRef(0)
  const again = useCallback(() => {
    turn.current++
    const mine = turn.current
    const keep = (change: (now: State<T>) => State<T>) => {
      if (mine === turn.current) setState((now) => change(now.of === of ? now : blank(of)))
    }
    keep((now) => ({ ...now, busy: true }))
    latest.current().then(
      (value) => keep((now) => ({ ...now, value, failure: null, busy: false })),
      (thrown: unknown) => keep((now) => ({ ...now, failure: toFailure(thrown), busy: false })),
    )
  }, [of])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round is a reason to read, whatever it is
  useEffect(() => {
    again()
    return () => {
      turn.current++
    }
  }, [again, round])
  return { ...(state.of === of ? state : blank<T>(of)), again }
}

function blank<T>(of: string): State<T> {
  return { of, value: null, failure: null, busy: true }
}
