import { createContext, type ReactNode, useContext, useEffect, useMemo, useReducer } from 'react'
import { useStore } from 'zustand'
import { afterPaint } from '../lib/afterPaint'
import type { Backend } from './backend'
import type { Fleet, Import, Lookup, Session, Subject } from './model'
import { fleetResource } from './stores/fleet'
import { importResource } from './stores/imports'
import { lookupResource } from './stores/lookup'
import { type ProgramNow, programResource, subjectKey } from './stores/programs'
import type { Loaded, Resource } from './stores/resource'
import { sessionResource } from './stores/session'

interface Door {
  backend: Backend
  session: Resource<Session>
  fleet: Resource<Fleet>
}

const DoorContext = createContext<Door | null>(null)

/** Gives the page its one door to Go and keeps session and fleet current while mounted. */
export function BackendProvider({ backend, children }: { backend: Backend; children: ReactNode }) {
  const door = useMemo<Door>(
    () => ({ backend, session: sessionResource(backend), fleet: fleetResource(backend) }),
    [backend],
  )
  useEffect(() => {
    const stops = [
      door.session.start(),
      door.fleet.start(),
      afterPaint(() => void backend.painted().catch(() => undefined)), // without it Go goes on after a while
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [door, backend])
  return <DoorContext.Provider value={door}>{children}</DoorContext.Provider>
}

function useDoor(): Door {
  const door = useContext(DoorContext)
  if (!door) throw new Error('no BackendProvider above')
  return door
}

/** The commands. */
export function useBackend(): Backend {
  return useDoor().backend
}

/** The session while it may still be loading or have failed; for the app's outermost part. */
export function useSessionState(): { state: Loaded<Session>; pull: () => void } {
  const { session } = useDoor()
  return { state: useStore(session.store), pull: session.pull }
}

/** A part of the session, below the place where App has made sure that it is there. */
export function useSession<T>(select: (session: Session) => T): T {
  return useStore(useDoor().session.store, (state) => {
    if (state.status !== 'ready') throw new Error('the session is not there yet')
    return select(state.value)
  })
}

/** The members of the view. */
export function useFleet(): { state: Loaded<Fleet>; pull: () => void } {
  const { fleet } = useDoor()
  return { state: useStore(fleet.store), pull: fleet.pull }
}

/** The import under this ticket, kept current while mounted. */
export function useImport(ticket: string): { state: Loaded<Import>; pull: () => void } {
  const { backend } = useDoor()
  const resource = useMemo(() => importResource(backend, ticket), [backend, ticket])
  useEffect(() => resource.start(), [resource])
  return { state: useStore(resource.store), pull: resource.pull }
}

/** The look-up under this ticket, kept current while mounted. */
export function useLookup(ticket: string): { state: Loaded<Lookup>; pull: () => void } {
  const { backend } = useDoor()
  const resource = useMemo(() => lookupResource(backend, ticket), [backend, ticket])
  useEffect(() => resource.start(), [resource])
  return { state: useStore(resource.store), pull: resource.pull }
}

/** The programs of these subjects, by subjectKey, kept current while mounted. */
export function usePrograms(subjects: readonly Subject[]): ReadonlyMap<string, Resource<ProgramNow>> {
  const { backend } = useDoor()
  const [, changed] = useReducer((n: number) => n + 1, 0)
  const wanted = JSON.stringify(subjects)
  const resources = useMemo(() => {
    const all = JSON.parse(wanted) as Subject[]
    return new Map(all.map((subject) => [subjectKey(subject), programResource(backend, subject)]))
  }, [backend, wanted])
  useEffect(() => {
    const stops = [...resources.values()].flatMap((one) => [one.store.subscribe(changed), one.start()])
    return () => {
      for (const stop of stops) stop()
    }
  }, [resources])
  return resources
}
