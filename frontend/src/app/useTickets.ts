import { useCallback, useEffect, useRef, useState } from 'react'
import { useBackend, useSession } from '../wails/context'
import { onOpenImport } from '../wails/stores/imports'

interface Tickets {
  /** The import that the wizard shows now, '' for one that begins with choosing files. */
  ticket: string | undefined
  add: (ticket: string) => void
  close: () => void
}

/**
 * The imports to go through, one after the other. One from outside (a drop, a second start) is heard of by its ring, or
 * found in the session when it came before the page listened; each is shown once.
 */
export function useTickets(ready: boolean): Tickets {
  const backend = useBackend()
  const offered = useSession((s) => s.offered)
  const [tickets, setTickets] = useState<string[]>([])
  const seen = useRef(new Set<string>())
  const add = useCallback((ticket: string) => {
    if (seen.current.has(ticket)) return
    if (ticket !== '') seen.current.add(ticket)
    setTickets((all) => (all.includes(ticket) ? all : [...all, ticket]))
  }, [])
  useEffect(() => (ready ? onOpenImport(backend, add) : undefined), [backend, ready, add])
  useEffect(() => {
    if (ready && offered !== '') add(offered)
  }, [ready, offered, add])
  const close = useCallback(() => setTickets((all) => all.slice(1)), [])
  return { ticket: tickets[0], add, close }
}
