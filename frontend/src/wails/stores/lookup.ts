import type { Backend } from '../backend'
import type { Lookup } from '../model'
import { createResource, type Resource } from './resource'

/** One look-up, by its ticket. */
export function lookupResource(backend: Backend, ticket: string): Resource<Lookup> {
  return createResource({
    subscribe: (ring) =>
      backend.on('lookup', (bell) => {
        if (bell.key === ticket) ring(bell)
      }),
    pull: () => backend.lookup(ticket),
  })
}
