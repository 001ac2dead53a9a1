import type { Backend } from '../backend'
import type { Session } from '../model'
import { createResource, type Resource } from './resource'

/** Who is logged in where, and how the view stands. */
export function sessionResource(backend: Backend): Resource<Session> {
  return createResource({
    first: backend.first()?.session,
    subscribe: (ring) => backend.on('session', ring),
    pull: () => backend.session(),
  })
}
