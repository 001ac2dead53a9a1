import { Label } from '@patternfly/react-core'
import BanIcon from '@patternfly/react-icons/dist/esm/icons/ban-icon'
import CheckCircleIcon from '@patternfly/react-icons/dist/esm/icons/check-circle-icon'
import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon'
import ExclamationTriangleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon'
import SyncAltIcon from '@patternfly/react-icons/dist/esm/icons/sync-alt-icon'
import type { ReactNode } from 'react'
import { visible } from '../../lib/visible'
import type { Candidate } from '../../wails/model'
import { byLoudness, type Verdict, verdictOf } from './verdict'

const LOOK = {
  problem: { color: 'grey', icon: <BanIcon /> },
  member: { color: 'blue', icon: <SyncAltIcon /> },
  danger: { color: 'red', icon: <ExclamationCircleIcon /> },
  warning: { color: 'orange', icon: <ExclamationTriangleIcon /> },
  clear: { color: 'green', icon: <CheckCircleIcon /> },
} as const satisfies Record<Verdict, { color: string; icon: ReactNode }>

/** The verdict on a candidate in a few words. */
export function VerdictLabel({ candidate }: { candidate: Candidate }) {
  const verdict = verdictOf(candidate)
  const { color, icon } = LOOK[verdict]
  return (
    <Label isCompact variant="outline" color={color} icon={icon} textMaxWidth="14rem">
      {verdictWords(candidate)}
    </Label>
  )
}

export function verdictWords(candidate: Candidate): string {
  const verdict = verdictOf(candidate)
  switch (verdict) {
    case 'problem':
      return 'Can’t be used'
    case 'member':
      return `In your view: ${visible(candidate.memberName)}`
    case 'clear':
      return 'Nothing to note'
    case 'danger':
    case 'warning': {
      const [first, ...rest] = byLoudness(candidate.flags)
      const title = first === undefined ? 'Needs a look' : visible(first.title)
      return rest.length === 0 ? title : `${title} +${rest.length}`
    }
  }
}
