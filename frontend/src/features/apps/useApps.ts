import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { useBackend } from '../../wails/context'
import type { Apps } from '../../wails/model'
import { appsResource } from '../../wails/stores/apps'
import type { Loaded } from '../../wails/stores/resource'

/** The applications of all members, kept current while mounted. */
export function useApps(): { state: Loaded<Apps>; pull: () => void } {
  const backend = useBackend()
  const resource = useMemo(() => appsResource(backend), [backend])
  useEffect(() => resource.start(), [resource])
  return { state: useStore(resource.store), pull: resource.pull }
}
