import { Radio } from '@patternfly/react-core'
import { useId, useState } from 'react'
import { Choice } from '../../ui/Choice'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { useNotices } from '../../ui/Notices'
import { useBackend } from '../../wails/context'
import type { Guard, Member } from '../../wails/model'
import css from './dialogs.module.css'

interface Props {
  member: Member
  onClose: () => void
}

/** From the loosest to the strictest. */
const GUARDS: readonly { guard: Guard; title: string; text: string }[] = [
  { guard: '', title: 'Changes are allowed', text: 'Each change names this cluster before it is made.' },
  {
    guard: 'protected',
    title: 'Protected',
    text: 'Changes only after you unlock it by typing its name, and only for a time.',
  },
  { guard: 'readOnly', title: 'Read-only', text: 'No changes from Binnacle, whatever your rights there.' },
]

const rank = (guard: Guard) => GUARDS.findIndex((g) => g.guard === guard)

/** Says what may be done in a member. A looser guard wants its name typed. */
export function GuardDialog({ member, onClose }: Props) {
  const backend = useBackend()
  const [guard, setGuard] = useState(member.guard)
  const id = useId()
  const looser = rank(guard) < rank(member.guard)
  return (
    <ConfirmDialog
      key={String(looser)}
      title={`What may be changed in ${member.name}?`}
      confirm="Save"
      {...(looser ? { typed: member.name } : {})}
      onConfirm={() =>
        guard === member.guard
          ? Promise.resolve()
          : backend.guards.setGuard({ member: member.id, guard, typed: looser ? member.name : '' })
      }
      onClose={onClose}
    >
      <p className={css.aside}>This is part of your view, and holds on every machine that shows it.</p>
      <div role="radiogroup" aria-label="What may be changed">
        {GUARDS.map((one) => (
          <Radio
            key={one.guard}
            id={`${id}-${one.guard}`}
            name={id}
            label={one.title}
            description={one.text}
            isChecked={guard === one.guard}
            onChange={() => setGuard(one.guard)}
          />
        ))}
      </div>
    </ConfirmDialog>
  )
}

/** Unlocks a protected member for a time. */
export function UnlockDialog({ member, onClose }: Props) {
  const backend = useBackend()
  const notices = useNotices()
  const [minutes, setMinutes] = useState('15')
  const unlock = async () => {
    await backend.guards.unlock({ member: member.id, typed: member.name, minutes: Number(minutes) })
    notices.say(`${member.name} can be changed for ${minutes} minutes`)
  }
  return (
    <ConfirmDialog
      title={`Unlock ${member.name} for changes?`}
      confirm={`Unlock ${member.name}`}
      typed={member.name}
      onConfirm={unlock}
      onClose={onClose}
    >
      <Choice
        label="For how long"
        value={minutes}
        options={[
          ['5', '5 minutes'],
          ['15', '15 minutes'],
          ['60', 'An hour'],
        ]}
        onChange={setMinutes}
      />
    </ConfirmDialog>
  )
}
