import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { useBackend } from '../../wails/context'
import { type OverviewNow, overviewResource } from '../../wails/stores/overview'
import type { Loaded } from '../../wails/stores/resource'

/** The fleet at a glance, kept current while mounted. */
export function useOverview(): { state: Loaded<OverviewNow>; pull: () => void } {
  const backend = useBackend()
  const resource = useMemo(() => overviewResource(backend), [backend])
  useEffect(() => resource.start(), [resource])
  return { state: useStore(resource.store), pull: resource.pull }
}
