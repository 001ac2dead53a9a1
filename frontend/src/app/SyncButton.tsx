import { Spinner } from '@patternfly/react-core'
import CheckCircleIcon from '@patternfly/react-icons/dist/esm/icons/check-circle-icon'
import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon'
import ExclamationTriangleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon'
import HddIcon from '@patternfly/react-icons/dist/esm/icons/hdd-icon'
import { type ReactNode, useCallback } from 'react'
import { assertNever } from '../lib/assertNever'
import { clock } from '../lib/time'
import { useClock } from '../ui/clock'
import { PillButton } from '../ui/PillButton'
import { useSession } from '../wails/context'
import type { Sync } from '../wails/model'

const TONE = { synced: 'good', saving: 'none', local: 'warning', conflict: 'warning', asking: 'danger' } as const

/** How the view stands, in few words; opens the panel that says more. */
export function SyncButton({ open, onPress }: { open: boolean; onPress: () => void }) {
  const sync = useSession((s) => s.sync)
  const since = useClock(useCallback((now: number) => clock(sync.since, now), [sync.since]))
  const words = syncWords(sync, since)
  return (
    <PillButton
      label={`Your view: ${words}. ${open ? 'Hide' : 'Show'} the sync panel`}
      tone={TONE[sync.state]}
      icon={icon(sync)}
      title={sync.why || undefined}
      open={open}
      onPress={onPress}
    >
      {words}
    </PillButton>
  )
}

function syncWords(sync: Sync, since: string): string {
  switch (sync.state) {
    case 'synced':
      return 'Synced'
    case 'saving':
      return 'Saving…'
    case 'local':
      return `Saved here only since ${since}`
    case 'conflict':
      return sync.conflicts.length === 1 ? '1 conflict' : `${sync.conflicts.length} conflicts`
    case 'asking':
      return 'Needs your answer'
    default:
      return assertNever(sync.state)
  }
}

function icon(sync: Sync): ReactNode {
  switch (sync.state) {
    case 'synced':
      return <CheckCircleIcon />
    case 'saving':
      return <Spinner size="sm" aria-hidden="true" />
    case 'local':
      return <HddIcon />
    case 'conflict':
      return <ExclamationTriangleIcon />
    case 'asking':
      return <ExclamationCircleIcon />
    default:
      return assertNever(sync.state)
  }
}
