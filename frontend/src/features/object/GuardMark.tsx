import { Button } from '@patternfly/react-core'
import LockIcon from '@patternfly/react-icons/dist/esm/icons/lock-icon'
import LockOpenIcon from '@patternfly/react-icons/dist/esm/icons/lock-open-icon'
import { useAct } from '../../ui/act'
import { useUnlockedFor } from '../../ui/ChangeDialogUnlock'
import { useBackend } from '../../wails/context'
import type { Member } from '../../wails/model'
import css from './Head.module.css'

/** Says what may be changed in a member where that isn't everything; an unlocked one can be locked again here. */
export function GuardMark({ member }: { member: Member }) {
  const { guards } = useBackend()
  const act = useAct()
  const left = useUnlockedFor(member)
  if (member.guard === '') return null
  if (!left)
    return (
      <span className={css.guard}>
        <LockIcon aria-hidden="true" /> {member.guard === 'readOnly' ? 'Read-only' : 'Protected'}
      </span>
    )
  return (
    <span className={css.guard} data-open="true">
      <LockOpenIcon aria-hidden="true" /> Unlocked for {left}
      <Button variant="link" isInline onClick={() => act(() => guards.lock(member.id), `Locked ${member.name}.`)}>
        Lock {member.name} now
      </Button>
    </span>
  )
}
