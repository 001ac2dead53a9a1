import ClusterIcon from '@patternfly/react-icons/dist/esm/icons/cluster-icon'
import CogIcon from '@patternfly/react-icons/dist/esm/icons/cog-icon'
import CubesIcon from '@patternfly/react-icons/dist/esm/icons/cubes-icon'
import ListIcon from '@patternfly/react-icons/dist/esm/icons/list-icon'
import TachometerAltIcon from '@patternfly/react-icons/dist/esm/icons/tachometer-alt-icon'
import type { ComponentType } from 'react'

export type PageID = 'clusters' | 'overview' | 'explore' | 'apps' | 'settings'

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
  { id: 'overview', title: 'Overview', icon: TachometerAltIcon },
  { id: 'explore', title: 'Explore', icon: ListIcon },
  { id: 'apps', title: 'Applications', icon: CubesIcon },
  { id: 'settings', title: 'Settings', icon: CogIcon, foot: true },
]
