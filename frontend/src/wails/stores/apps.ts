import type { Backend } from '../backend'
import type { Apps } from '../model'
import { createResource, type Resource } from './resource'

/** The applications of all members. Reading them begins with the first pull, so with the page that shows them. */
export function appsResource(backend: Pick<Backend, 'on' | 'apps'>): Resource<Apps> {
  return createResource({
    subscribe: (ring) => backend.on('apps', ring),
    pull: () => backend.apps.apps(),
  })
}
