import {
  Button,
  Form,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  TextInput,
} from '@patternfly/react-core'
import { type FormEvent, useId, useState } from 'react'
import { DISTRIBUTIONS } from '../../lib/distributions'
import { useSubmit } from '../../ui/act'
import { ColorPicker } from '../../ui/ColorDot'
import { Dialog } from '../../ui/Dialog'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { LabelEditor } from '../../ui/LabelEditor'
import { useBackend } from '../../wails/context'
import type { Member } from '../../wails/model'
import { changes, draftOf, problems } from './edit'

interface Props {
  member: Member
  members: Member[]
  onClose: () => void
}

/** Changes what the view says of a member. */
export function EditDialog({ member, members, onClose }: Props) {
  const backend = useBackend()
  const { busy, failure, submit } = useSubmit()
  const [draft, setDraft] = useState(() => draftOf(member))
  const [tried, setTried] = useState(false)
  const id = useId()
  const wrong = problems(draft, member, members)
  const set = (change: Partial<typeof draft>) => setDraft((old) => ({ ...old, ...change }))
  const groups = [...new Set(members.map((m) => m.group).filter(Boolean))].sort((a, b) => a.localeCompare(b))
  const save = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (wrong.name) return
    const edit = changes(draft, member)
    if (edit) submit(() => backend.editMember(edit), onClose)
    else onClose()
  }
  return (
    <Dialog
      title={`Edit ${member.name}`}
      description="This is what your view says of it. The cluster itself is not changed."
      size="medium"
      focus={`[id="${id}-name"]`}
      onClose={onClose}
      footer={
        <>
          <Button type="submit" form={id} variant="primary" isDisabled={busy} isLoading={busy}>
            Save
          </Button>
          <Button variant="link" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <Form id={id} onSubmit={save} noValidate>
        <FormGroup label="Name" isRequired fieldId={`${id}-name`}>
          <TextInput
            id={`${id}-name`}
            isRequired
            value={draft.name}
            validated={wrong.name && (tried || draft.name !== member.name) ? 'error' : 'default'}
            aria-invalid={Boolean(wrong.name)}
            aria-describedby={`${id}-name-problem`}
            onChange={(_, name) => set({ name })}
          />
          <Problem id={`${id}-name-problem`} text={wrong.name} warning={wrong.nameWarning} />
        </FormGroup>
        <FormGroup label="Colour" role="group" fieldId={`${id}-color`}>
          <ColorPicker value={draft.color} onChange={(color) => set({ color })} />
        </FormGroup>
        <FormGroup label="Group" fieldId={`${id}-group`}>
          <TextInput
            id={`${id}-group`}
            list={`${id}-groups`}
            value={draft.group}
            autoComplete="off"
            onChange={(_, group) => set({ group })}
          />
          <datalist id={`${id}-groups`}>
            {groups.map((group) => (
              <option key={group} value={group} />
            ))}
          </datalist>
        </FormGroup>
        <FormGroup label="Labels" fieldId={`${id}-labels`}>
          <LabelEditor id={`${id}-labels`} value={draft.labels} onChange={(labels) => set({ labels })} />
        </FormGroup>
        <FormGroup label="Distribution" fieldId={`${id}-distribution`}>
          <FormSelect
            id={`${id}-distribution`}
            value={draft.distribution}
            onChange={(_, distribution) => set({ distribution })}
          >
            <FormSelectOption value="" label="Detect it" />
            {DISTRIBUTIONS.map((d) => (
              <FormSelectOption key={d.id} value={d.id} label={d.name} />
            ))}
          </FormSelect>
        </FormGroup>
        {failure && <ErrorAlert failure={failure} />}
      </Form>
    </Dialog>
  )
}

function Problem({ id, text, warning }: { id: string; text: string; warning: string }) {
  return (
    <FormHelperText>
      <HelperText id={id} isLiveRegion>
        {text !== '' && <HelperTextItem variant="error">{text}</HelperTextItem>}
        {text === '' && warning !== '' && <HelperTextItem variant="warning">{warning}</HelperTextItem>}
      </HelperText>
    </FormHelperText>
  )
}
