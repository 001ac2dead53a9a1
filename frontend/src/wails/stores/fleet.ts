import type { Backend } from '../backend'
import type { Fleet } from '../model'
import { createResource, type Resource } from './resource'

/** Every member of the view. What an answer leaves as it was stays the same object, so that only rows that changed render. */
export function fleetResource(backend: Backend): Resource<Fleet> {
  const first = backend.first()?.fleet
  let known = first
  return createResource({
    first,
    subscribe: (ring) => backend.on('fleet', ring),
    pull: async () => {
      known = merged(known, await backend.fleet())
      return known
    },
  })
}

export function merged(known: Fleet | undefined, next: Fleet): Fleet {
  if (!known) return next
  const byID = new Map(known.members.map((m) => [m.id, m]))
  return { ...next, members: next.members.map((m) => kept(byID.get(m.id), m)), layout: kept(known.layout, next.layout) }
}

function kept<T>(old: T | undefined, next: T): T {
  return JSON.stringify(old) === JSON.stringify(next) && old !== undefined ? old : next
}
