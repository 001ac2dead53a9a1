import type { Backend } from '../backend'
import type { Catalog } from '../model'
import { createResource, type Resource } from './resource'

/** Every kind that any member serves, and how the person keeps their tables. */
export function catalogResource(backend: Backend): Resource<Catalog> {
  return createResource({
    subscribe: (ring) => backend.on('catalog', ring),
    pull: () => backend.pane.catalog(),
  })
}
