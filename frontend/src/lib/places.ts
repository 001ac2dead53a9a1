import type { Filter, MemberState, ObjectRef } from '../wails/model'

/** The rows of a kind that some number or link stands for. */
export interface Seed {
  kind: string
  filter?: Partial<Filter>
  sort?: string
  desc?: boolean
}

/** The clusters that some number stands for. */
export interface ClusterSeed {
  states?: MemberState[]
  search?: string
}

/** The ways from one feature to another; the app's shell leads them. */
export interface Ways {
  /** Shows rows in Explore. */
  onExplore: (seed: Seed) => void
  /** Opens an object in the drawer. */
  onOpen: (ref: ObjectRef) => void
  /** Opens the logs of pods or workloads below the page. */
  onLogs: (refs: ObjectRef[]) => void
}

export const ANY: Filter = {
  members: [],
  groups: [],
  memberLabels: [],
  namespaces: [],
  status: [],
  tones: [],
  cells: [],
  within: 0,
  labels: '',
  search: '',
}
