import type { Backend } from '../backend'
import type { Overview } from '../model'
import { createResource, type Resource } from './resource'

/** The overview with the moment when it was read, Unix milliseconds: what can't be read again is shown with its age. */
export interface OverviewNow extends Overview {
  at: number
}

/** The kinds that it counts. */
export const COUNTED = ['nodes', 'pods', 'deployments.apps', 'statefulsets.apps', 'daemonsets.apps', 'events'] as const

/** A fleet that changes all the time is counted again this often at most, ms. */
export const PACE = 1000
/** Go drops tables that nobody asks for, and the last hour goes on: it is read this often at least, ms. */
export const KEEP = 60_000

// The bells are of single tables, and the overview's number is of all of them: any bell is news.
const NEWS = { seq: Number.POSITIVE_INFINITY }

/** The fleet at a glance, counted again while it changes. */
export function overviewResource(backend: Pick<Backend, 'on' | 'pane'>): Resource<OverviewNow> {
  const kinds: ReadonlySet<string> = new Set(COUNTED)
  return createResource({
    subscribe: (ring) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      let last = performance.now() // who subscribes pulls
      const soon = () => {
        timer ??= setTimeout(
          () => {
            timer = undefined
            last = performance.now()
            ring(NEWS)
          },
          Math.max(0, last + PACE - performance.now()),
        )
      }
      const stops = [
        backend.on('table', ({ key = '' }) => {
          if (kinds.has(key)) soon()
        }),
        backend.on('fleet', soon),
      ]
      const keep = setInterval(soon, KEEP)
      return () => {
        for (const stop of stops) stop()
        clearTimeout(timer)
        clearInterval(keep)
      }
    },
    pull: async () => ({ ...(await backend.pane.overview()), at: Date.now() }),
  })
}
