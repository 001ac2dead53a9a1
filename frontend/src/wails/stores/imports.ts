import type { Backend } from '../backend'
import type { Import } from '../model'
import { createResource, type Resource } from './resource'

/** One import, by its ticket; rings of other tickets are not its own. */
export function importResource(backend: Backend, ticket: string): Resource<Import> {
  return createResource({
    subscribe: (ring) =>
      backend.on('import', (bell) => {
        if (bell.key === ticket) ring(bell)
      }),
    pull: () => backend.import(ticket),
  })
}

/** Calls open for every import that came from outside (a drop on the window, a second start). */
export function onOpenImport(backend: Backend, open: (ticket: string) => void): () => void {
  return backend.on('import', (bell) => {
    if (bell.open && bell.key) open(bell.key)
  })
}
