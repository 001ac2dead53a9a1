import { Suspense } from 'react'
import type { Member } from '../wails/model'
import { AddClusters, ProgramDialog, ReplaceCredentials } from './late'

/** What is asked about one member over the page. */
export interface Asking {
  kind: 'credentials' | 'program'
  member: Member
}

interface Props {
  asking: Asking | null
  onAnswered: () => void
  /** The import to go through; undefined is none, '' begins with the source. */
  ticket: string | undefined
  onImported: () => void
}

/** The dialogs over the page, one at a time: an import that arrives meanwhile waits, so that nothing typed is lost. */
export function Wizards({ asking, onAnswered, ticket, onImported }: Props) {
  return (
    <Suspense>
      {asking?.kind === 'credentials' && <ReplaceCredentials member={asking.member} onClose={onAnswered} />}
      {asking?.kind === 'program' && <ProgramDialog member={asking.member} onClose={onAnswered} />}
      {asking === null && ticket !== undefined && <AddClusters key={ticket} ticket={ticket} onClose={onImported} />}
    </Suspense>
  )
}
