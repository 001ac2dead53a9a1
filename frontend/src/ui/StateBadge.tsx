import BanIcon from '@patternfly/react-icons/dist/esm/icons/ban-icon'
import CheckCircleIcon from '@patternfly/react-icons/dist/esm/icons/check-circle-icon'
import DisconnectedIcon from '@patternfly/react-icons/dist/esm/icons/disconnected-icon'
import InProgressIcon from '@patternfly/react-icons/dist/esm/icons/in-progress-icon'
import KeyIcon from '@patternfly/react-icons/dist/esm/icons/key-icon'
import PauseCircleIcon from '@patternfly/react-icons/dist/esm/icons/pause-circle-icon'
import UserLockIcon from '@patternfly/react-icons/dist/esm/icons/user-lock-icon'
import type { ReactNode } from 'react'
import { assertNever } from '../lib/assertNever'
import { STATE_WORDS } from '../lib/states'
import type { MemberState } from '../wails/model'
import css from './StateBadge.module.css'

/** A member's state: icon, colour and words (its own unless others are given), so that none of them is needed alone. */
export function StateBadge({ state, words }: { state: MemberState; words?: string | undefined }) {
  return (
    <span className={css.badge} data-state={state}>
      <span className={css.icon} aria-hidden="true">
        {icon(state)}
      </span>
      {words ?? STATE_WORDS[state]}
    </span>
  )
}

function icon(state: MemberState): ReactNode {
  switch (state) {
    case 'ready':
      return <CheckCircleIcon />
    case 'connecting':
      return <InProgressIcon />
    case 'needsCredentials':
      return <KeyIcon />
    case 'needsLogin':
      return <UserLockIcon />
    case 'denied':
      return <BanIcon />
    case 'unreachable':
      return <DisconnectedIcon />
    case 'off':
      return <PauseCircleIcon />
    default:
      return assertNever(state)
  }
}
