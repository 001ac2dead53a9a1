import type { Backend } from '../backend'
import type { Facets, TableQuery } from '../model'
import { createResource, type Resource } from './resource'
import { AGEING } from './table'

/** Numbers beside a filter's values need not follow each change, ms. */
const PACE = 1000

/** The values that a table's filter can have, read again now and then while the table changes. */
export function facetsResource(backend: Pick<Backend, 'on' | 'pane'>, query: TableQuery): Resource<Facets> {
  return createResource({
    subscribe: (ring) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      const stop = backend.on('table', (bell) => {
        if (bell.key !== query.kind) return
        timer ??= setTimeout(() => {
          timer = undefined
          ring(bell)
        }, PACE)
      })
      const ageing =
        query.filter.within > 0 ? setInterval(() => ring({ seq: Number.POSITIVE_INFINITY }), AGEING) : undefined
      return () => {
        stop()
        clearInterval(ageing)
        clearTimeout(timer)
      }
    },
    pull: () => backend.pane.facets(query),
  })
}
