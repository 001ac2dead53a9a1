import { useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { useBackend } from '../../wails/context'
import type { Facets } from '../../wails/model'
import type { Loaded } from '../../wails/stores/resource'
import type { Ask } from '../../wails/stores/table'
import { facetsResource } from '../../wails/stores/tableFacets'

/** The numbers of another question come after its rows, which are what the person waits for, ms. */
const AFTER = 150

/** The values of the filters of that table; those of the question before show until the answer comes. */
export function useFacets(ask: Ask): Loaded<Facets> {
  const backend = useBackend()
  const resource = useMemo(() => facetsResource(backend, { ...ask, offset: 0, limit: 0, anchor: '' }), [backend, ask])
  const now = useStore(resource.store)
  const [last, setLast] = useState(now)
  const again = useRef(false)
  useEffect(() => {
    let stop = () => {}
    const timer = setTimeout(
      () => {
        stop = resource.start()
      },
      again.current ? AFTER : 0,
    )
    again.current = true
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [resource])
  if (now !== last && now.status !== 'loading') setLast(now)
  return now.status === 'loading' ? last : now
}
