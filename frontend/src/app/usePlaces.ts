import { useMemo, useState } from 'react'
import type { ClusterSeed, Seed, Ways } from '../lib/places'
import type { ObjectRef } from '../wails/model'
import type { PageID } from './pages'

/** Where the person is: the page, what Explore was sent to, the object in the drawer, the logs in the dock. */
export interface Places {
  page: PageID
  seed: Seed | null
  object: ObjectRef | null
  logs: ObjectRef[] | null
  /** The member that the clusters page was sent to; a fresh object each time. */
  member: { id: string } | null
  /** The clusters that the clusters page shall begin with. */
  clusters: ClusterSeed
  ways: Ways
  go: (page: PageID) => void
  showMember: (id: string) => void
  showClusters: (seed?: ClusterSeed) => void
  closeObject: () => void
  closeLogs: () => void
}

const ALL: ClusterSeed = {}

export function usePlaces(): Places {
  const [page, setPage] = useState<PageID>('clusters')
  const [seed, setSeed] = useState<Seed | null>(null)
  const [object, setObject] = useState<ObjectRef | null>(null)
  const [logs, setLogs] = useState<ObjectRef[] | null>(null)
  const [member, setMember] = useState<{ id: string } | null>(null)
  const [clusters, setClusters] = useState(ALL)
  const ways = useMemo<Ways>(
    () => ({
      onExplore: (to) => {
        setSeed({ ...to }) // a fresh one, so that being sent to the same rows again counts
        setPage('explore')
      },
      onOpen: setObject,
      onLogs: setLogs,
    }),
    [],
  )
  return {
    page,
    seed,
    object,
    logs,
    member,
    clusters,
    ways,
    go: (to) => {
      setMember(null)
      setClusters(ALL)
      setPage(to)
    },
    showMember: (id) => {
      setMember({ id })
      setClusters(ALL)
      setPage('clusters')
    },
    showClusters: (seed = ALL) => {
      setMember(null)
      setClusters(seed)
      setPage('clusters')
    },
    closeObject: () => setObject(null),
    closeLogs: () => setLogs(null),
  }
}
