import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { useBackend } from '../../wails/context'
import type { Catalog } from '../../wails/model'
import { catalogResource } from '../../wails/stores/catalog'
import type { Loaded } from '../../wails/stores/resource'

/** Every kind that can be looked at, kept current while mounted. */
export function useCatalog(): { state: Loaded<Catalog>; pull: () => void } {
  const backend = useBackend()
  const resource = useMemo(() => catalogResource(backend), [backend])
  useEffect(() => resource.start(), [resource])
  return { state: useStore(resource.store), pull: resource.pull }
}
