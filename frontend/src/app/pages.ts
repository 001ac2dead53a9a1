import ClusterIcon from '@patternfly/react-icons/dist/esm/icons/cluster-icon'
import CogIcon from '@patternfly/react-icons/dist/esm/icons/cog-icon'
import type { ComponentType } from 'react'

export type PageID = 'clusters' | 'settings'

interface Page {
  id: PageID
  title: string
  icon: ComponentType
  /** At the rail's foot. */
  foot?: boolean
}

/** The pages in the rail, in order. */
export const PAGES: readonly Page[] = [
  { id: 'clusters', title: 'Clusters', icon: ClusterIcon },
  { id: 'settings', title: 'Settings', icon: CogIcon, foot: true },
]
