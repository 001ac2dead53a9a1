import type { Backend } from '../backend'
import type { Fleet } from '../model'
import { createResource, type Resource } from './resource'

/** Every member of the view. */
export function fleetResource(backend: Backend): Resource<Fleet> {
  return createResource({
    first: backend.first()?.fleet,
    subscribe: (ring) => backend.on('fleet', ring),
    pull: () => backend.fleet(),
  })
}
