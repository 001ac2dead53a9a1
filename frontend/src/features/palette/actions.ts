/** Something that can be done from anywhere; the shell says which there are. */
export interface PaletteAction {
  id: string
  title: string
  /** Other words that it is found by. */
  keywords?: string
  /** What it belongs to: "Settings". */
  group?: string
  run: () => void
  /** Says why it can't be done now; it shows all the same. */
  refused?: string
}

export type PalettePage = 'overview' | 'explore' | 'apps' | 'clusters' | 'settings'

/** The pages, with other words that they are found by. */
export const PALETTE_PAGES: readonly { id: PalettePage; title: string; keywords: string }[] = [
  { id: 'overview', title: 'Overview', keywords: 'dashboard home fleet warnings' },
  { id: 'explore', title: 'Explore', keywords: 'resources objects tables kinds' },
  { id: 'apps', title: 'Applications', keywords: 'helm releases operators argo flux' },
  { id: 'clusters', title: 'Clusters', keywords: 'members connections' },
  { id: 'settings', title: 'Settings', keywords: 'preferences theme options' },
]
