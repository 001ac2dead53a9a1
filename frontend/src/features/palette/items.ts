import type { ReactNode } from 'react'
import type { MemberState, ObjectRef, Tone } from '../../wails/model'

export type GroupID = 'recent' | 'members' | 'kinds' | 'pages' | 'actions' | 'objects'

/** One line of the palette. */
export interface Item {
  /** Unique, and the same the next time: "kind:pods". */
  id: string
  group: GroupID
  title: string
  /** Subtle, after the title. */
  detail: string
  /** At the line's end. */
  tag?: string
  /** Other texts that it is found by, the most telling first. */
  words: readonly string[]
  mark?: ReactNode
  tone?: Tone
  state?: MemberState
  /** Why it can't be chosen now. */
  refused?: string
  run: () => void
  /** Its logs can be shown. */
  logs?: ObjectRef
}

export const GROUP_TITLES: Record<GroupID, string> = {
  recent: 'Recent',
  members: 'Clusters',
  kinds: 'Kinds',
  pages: 'Pages',
  actions: 'Actions',
  objects: 'Objects',
}

export interface Group {
  id: GroupID
  items: Item[]
}
