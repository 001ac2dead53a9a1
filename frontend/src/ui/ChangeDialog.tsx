import { Button } from '@patternfly/react-core'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { useBackend } from '../wails/context'
import type { Member } from '../wails/model'
import { useSubmit } from './act'
import { Unlock, useLocked } from './ChangeDialogUnlock'
import { Dialog } from './Dialog'
import { ErrorAlert } from './ErrorAlert'
import css from './ui.module.css'

interface Props {
  /** The one in which the change is made; the dialog's button names it. */
  member: Member
  title: string
  /** What the button does, as a verb: "Delete". */
  confirm: string
  danger?: boolean
  size?: 'small' | 'medium' | 'large'
  /** What will happen, in one sentence. */
  says: ReactNode
  /** False while something is still missing in the dialog. */
  ready?: boolean
  children?: ReactNode
  /** Makes the change; `name` is the member's name as the person saw it, which Go wants to hear. */
  onConfirm: (name: string) => Promise<unknown>
  onClose: () => void
}

/**
 * Asks before something is changed in a member. One that is protected is unlocked here first, by its typed name and for a
 * time; one that is read-only is only explained. Go holds the guards: what it refuses is shown, and what was typed stays.
 */
export function ChangeDialog(props: Props) {
  return props.member.guard === 'readOnly' ? <ReadOnlyMember {...props} /> : <Ask {...props} />
}

function Ask({ member, title, confirm, danger = false, size = 'small', says, ready = true, children, ...ways }: Props) {
  const id = useId()
  const { guards } = useBackend()
  const locked = useLocked(member)
  const [typed, setTyped] = useState('')
  const [minutes, setMinutes] = useState('15')
  const { busy, failure, submit } = useSubmit()
  const may = ready && !busy && (!locked || typed === member.name)
  const work = async () => {
    if (locked) await guards.unlock({ member: member.id, typed, minutes: Number(minutes) })
    await ways.onConfirm(member.name)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (may) submit(work, ways.onClose)
  }
  return (
    <Dialog
      title={title}
      size={size}
      warning={danger}
      focus={`[id="${id}-${locked ? 'typed' : danger ? 'cancel' : 'confirm'}"]`}
      onClose={ways.onClose}
      footer={
        <>
          <Button
            id={`${id}-confirm`}
            type="submit"
            form={id}
            variant={danger ? 'danger' : 'primary'}
            isDisabled={!may}
            isLoading={busy}
          >
            {locked ? `Unlock, and ${confirm.charAt(0).toLowerCase()}${confirm.slice(1)}` : confirm} in {member.name}
          </Button>
          <Button id={`${id}-cancel`} variant="link" onClick={ways.onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <form id={id} className={css.stack} onSubmit={onSubmit}>
        <p>{says}</p>
        {children}
        {locked && (
          <Unlock id={id} name={member.name} {...{ typed, minutes }} onTyped={setTyped} onMinutes={setMinutes} />
        )}
        {failure && <ErrorAlert failure={failure} />}
      </form>
    </Dialog>
  )
}

/** Says that nothing can be changed in a member, and what would change that. */
function ReadOnlyMember({ member, title, onClose }: Props) {
  const id = useId()
  return (
    <Dialog
      title={title}
      focus={`[id="${id}"]`}
      onClose={onClose}
      footer={
        <Button id={id} variant="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <div className={css.stack}>
        <p>
          <strong>{member.name}</strong> is read-only in your view, so Binnacle changes nothing in it.
        </p>
        <p>
          To change that, open Clusters, choose “Guard against changes” in the menu of {member.name}, and set another
          guard.
        </p>
      </div>
    </Dialog>
  )
}
