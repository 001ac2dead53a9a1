import { Spinner } from '@patternfly/react-core'
import CheckCircleIcon from '@patternfly/react-icons/dist/esm/icons/check-circle-icon'
import UserLockIcon from '@patternfly/react-icons/dist/esm/icons/user-lock-icon'
import { PillButton } from '../../ui/PillButton'
import { useSession } from '../../wails/context'
import { needsPerson, queueWords, underWay } from './words'

/** How many sign-ins wait for the person; opens the panel that lists them. Not there when nothing signs in. */
export function SignInButton({ open, onPress }: { open: boolean; onPress: () => void }) {
  const all = useSession((s) => s.signIns)
  if (all.length === 0) return null
  const words = queueWords(all)
  const waits = all.some(needsPerson)
  const runs = all.some(underWay)
  return (
    <PillButton
      label={`${words}. ${open ? 'Hide' : 'Show'} the sign-ins`}
      tone={waits ? 'warning' : runs ? 'none' : 'good'}
      icon={waits ? <UserLockIcon /> : runs ? <Spinner size="sm" aria-hidden="true" /> : <CheckCircleIcon />}
      open={open}
      onPress={onPress}
    >
      {words}
    </PillButton>
  )
}
