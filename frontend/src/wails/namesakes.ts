import { useEffect, useState } from 'react'
import { useBackend, useFleet } from './context'
import { toFailure } from './errors'
import type { Failure, Namesakes, ObjectRef } from './model'

/** Where else there is an object of that kind, namespace and name. */
export type Elsewhere = { at: 'looking' } | { at: 'failed'; failure: Failure } | ({ at: 'found' } & Namesakes)

/** Looks for an object's namesakes while mounted; null: there is nothing to look for, or nowhere. */
export function useNamesakes(ref: ObjectRef | null): Elsewhere | null {
  const { objects } = useBackend()
  const { state } = useFleet()
  const alone = state.status !== 'ready' || state.value.members.length < 2
  const [now, setNow] = useState<Elsewhere>({ at: 'looking' })
  const asked = ref && !alone ? JSON.stringify(ref) : ''
  useEffect(() => {
    let current = asked !== ''
    setNow({ at: 'looking' })
    if (current)
      objects.namesakes(JSON.parse(asked) as ObjectRef).then(
        (found) => {
          if (current) setNow({ at: 'found', ...found })
        },
        (thrown: unknown) => {
          if (current) setNow({ at: 'failed', failure: toFailure(thrown) })
        },
      )
    return () => {
      current = false
    }
  }, [objects, asked])
  return asked === '' ? null : now
}

/** "Logs in all 3 clusters", and why there are none to show. */
export function everywhere(now: Elsewhere): { title: string; refused?: string } {
  const title = 'Logs in all clusters'
  switch (now.at) {
    case 'looking':
      return { title, refused: 'The other clusters are being looked at…' }
    case 'failed':
      return { title, refused: now.failure.message }
    default:
      return now.refs.length > 0
        ? { title: `Logs in all ${now.refs.length + 1} clusters` }
        : { title, refused: nobody(now) }
  }
}

/** Says that no other cluster has it, as far as is known. */
export function nobody({ unsure }: Namesakes): string {
  if (unsure.length === 0) return 'No other cluster has it.'
  const n = unsure.length === 1 ? '1 cluster' : `${unsure.length} clusters`
  return `No other cluster is known to have it; ${n} can’t tell now.`
}
