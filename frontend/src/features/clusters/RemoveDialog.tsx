import { Radio } from '@patternfly/react-core'
import { useId, useState } from 'react'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { useBackend } from '../../wails/context'
import type { Member } from '../../wails/model'
import css from './dialogs.module.css'

interface Props {
  members: Member[]
  onRemoved: () => void
  onClose: () => void
}

const MANY = 5

/** Many at once, and a guarded one, go only by a word typed: added anew, it comes without its guard. */
function mustType(members: Member[]): { typed?: string } {
  const [only, ...rest] = members
  if (only && rest.length === 0) return only.guard === '' ? {} : { typed: only.name }
  return members.length > MANY || members.some((m) => m.guard !== '') ? { typed: String(members.length) } : {}
}

/** Asks what goes: the entries in the view, and with them the secrets in the keychain or not. */
export function RemoveDialog({ members, onRemoved, onClose }: Props) {
  const backend = useBackend()
  const [secrets, setSecrets] = useState(true)
  const id = useId()
  const many = members.length > 1
  const what = members.length === 1 ? (members[0]?.name ?? '') : `${members.length} clusters`
  const primary = members.find((m) => m.primary)
  const remove = async () => {
    await backend.removeMembers(
      members.map((m) => m.id),
      secrets,
    )
    onRemoved()
  }
  return (
    <ConfirmDialog
      title={`Remove ${what}?`}
      confirm={`Remove ${what}`}
      danger
      {...mustType(members)}
      onConfirm={remove}
      onClose={onClose}
    >
      <p>
        {members.length === 1 ? 'It goes' : 'They go'} from your view, on every machine that shows it. The{' '}
        {members.length === 1 ? 'cluster itself is' : 'clusters themselves are'} not touched. For ten seconds you can
        undo this.
      </p>
      {members.length > 1 && (
        <ul className={css.names}>
          {members.map((m) => (
            <li key={m.id}>{m.name}</li>
          ))}
        </ul>
      )}
      {primary && <p>{primary.name} stays your primary: the view goes on being saved there.</p>}
      <Radio
        id={`${id}-both`}
        name={id}
        label={many ? 'The entries and their credentials' : 'The entry and its credentials'}
        description="The credentials leave this machine’s keychain when the ten seconds are over. Other machines keep theirs."
        isChecked={secrets}
        onChange={() => setSecrets(true)}
      />
      <Radio
        id={`${id}-entry`}
        name={id}
        label={many ? 'The entries only' : 'The entry only'}
        description="The credentials stay in this machine’s keychain."
        isChecked={!secrets}
        onChange={() => setSecrets(false)}
      />
      <p className={css.aside}>
        To keep the {many ? 'entries' : 'entry'} and forget the credentials, cancel and choose “Forget credentials”
        instead.
      </p>
    </ConfirmDialog>
  )
}
