import { ChangeDialog } from '../../ui/ChangeDialog'
import { useNotices } from '../../ui/Notices'
import { useBackend } from '../../wails/context'
import type { Member, ObjectChange, Object as Thing } from '../../wails/model'
import { type Asked, called, effect, WORDS } from './actions'
import { DeleteDialog } from './DeleteDialog'
import { ScaleDialog } from './ScaleDialog'

export interface ActionProps {
  thing: Thing
  member: Member
  onDone: () => void
  onClose: () => void
}

/** Asks before an action; each dialog names the object and the member. */
export function ActionDialog({ action, ...props }: ActionProps & { action: Asked }) {
  const change = useChange(props)
  if (action === 'delete') return <DeleteDialog {...props} onChange={change} />
  if (action === 'scale') return <ScaleDialog {...props} onChange={change} />
  const { thing, member, onClose } = props
  return (
    <ChangeDialog
      member={member}
      title={`${WORDS[action].confirm} ${called(thing)}?`}
      confirm={WORDS[action].confirm}
      says={effect(action, thing, member.name)}
      onConfirm={(confirm) => change({ action, confirm })}
      onClose={onClose}
    />
  )
}

/** Makes a change of the object, and says so when it is done. */
export type Change = (change: Pick<ObjectChange, 'action' | 'confirm'> & Partial<ObjectChange>) => Promise<void>

function useChange({ thing, member, onDone }: ActionProps): Change {
  const { objects } = useBackend()
  const notices = useNotices()
  return async (change) => {
    await objects.change({ ref: thing.ref, replicas: 0, orphan: false, ...change })
    notices.say(`${WORDS[change.action].done} ${called(thing)} in ${member.name}.`)
    onDone()
  }
}
