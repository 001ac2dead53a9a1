import { useEffect, useState } from 'react'
import { useBackend } from '../../wails/context'
import { toFailure } from '../../wails/errors'
import type { Failure, SearchResult } from '../../wails/model'

/** A person types faster than objects are worth finding, ms. */
const REST = 120
/** From so many letters on. */
const LEAST = 2
const LIMIT = 30

export interface Objects {
  /** What was searched for; '' when it is too short to. */
  text: string
  /** Null: the answer is on its way, or there is none. */
  result: SearchResult | null
  failure: Failure | null
  busy: boolean
}

const NOTHING: Objects = { text: '', result: null, failure: null, busy: false }

/** Objects by name over all that is loaded, once the fingers rest. Only the answer to the newest text counts; until it comes, the last one's stays. */
export function useObjects(text: string): Objects {
  const backend = useBackend()
  const [now, setNow] = useState(NOTHING)
  useEffect(() => {
    if (text.length < LEAST) {
      setNow(NOTHING)
      return undefined
    }
    let current = true
    setNow((was) => ({ ...was, failure: null, busy: true }))
    const timer = setTimeout(() => {
      backend.pane.search({ text, limit: LIMIT }).then(
        (result) => {
          if (current) setNow({ text, result, failure: null, busy: false })
        },
        (thrown: unknown) => {
          if (current) setNow({ text, result: null, failure: toFailure(thrown), busy: false })
        },
      )
    }, REST)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [backend, text])
  return now
}
