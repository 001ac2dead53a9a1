import type { Backend } from '../backend'
import type { Program, Subject } from '../model'
import { createResource, type Resource } from './resource'

/** The key by which Go rings for a subject, and the page keeps things of it apart. */
export function subjectKey({ memberID, ticket, index }: Subject): string {
  return memberID === '' ? `${ticket}:${index}` : memberID
}

/** A program as it stands; its seq is 0 always, so every ring is news. */
export type ProgramNow = Program & { seq: number }

/** The program of one subject. */
export function programResource(backend: Backend, subject: Subject): Resource<ProgramNow> {
  const key = subjectKey(subject)
  return createResource({
    subscribe: (ring) =>
      backend.on('program', (bell) => {
        if (bell.key === key) ring(bell)
      }),
    pull: async () => ({ ...(await backend.program(subject)), seq: 0 }),
  })
}
