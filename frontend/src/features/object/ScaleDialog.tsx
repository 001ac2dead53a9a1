import { Alert, FormGroup, TextInput } from '@patternfly/react-core'
import { useId, useState } from 'react'
import { ChangeDialog } from '../../ui/ChangeDialog'
import type { ActionProps, Change } from './ActionDialog'
import { called } from './actions'
import css from './parts.module.css'

const MOST = 100_000

/** Asks for the number of replicas, beginning from the present one. */
export function ScaleDialog({ thing, member, onChange, onClose }: ActionProps & { onChange: Change }) {
  const id = useId()
  const now = thing.actions.find((a) => a.id === 'scale')?.replicas ?? -1
  const [text, setText] = useState(now < 0 ? '' : String(now))
  const replicas = count(text)
  const ready = replicas !== null && replicas !== now
  const from = now < 0 ? '' : ` from ${now}`
  return (
    <ChangeDialog
      member={member}
      title={`Scale ${called(thing)}?`}
      confirm="Scale"
      danger={replicas === 0}
      ready={ready}
      says={
        ready
          ? `${called(thing)} in ${member.name} goes${from} to ${words(replicas)}.`
          : `${called(thing)} in ${member.name}${now < 0 ? '' : ` has ${words(now)}`}.`
      }
      onConfirm={(confirm) => onChange({ action: 'scale', replicas: replicas ?? now, confirm })}
      onClose={onClose}
    >
      <FormGroup label="Replicas" fieldId={id}>
        <TextInput
          id={id}
          type="number"
          min={0}
          max={MOST}
          step={1}
          className={css.number ?? ''}
          value={text}
          validated={replicas === null ? 'error' : 'default'}
          aria-describedby={`${id}-help`}
          onChange={(_, value) => setText(value)}
        />
        <p id={`${id}-help`} className={css.subtle}>
          {replicas === null ? `Give a whole number from 0 to ${MOST}.` : ''}
        </p>
      </FormGroup>
      {replicas === 0 && (
        <Alert component="p" variant="warning" isInline title="With 0 replicas nothing of it runs">
          All its pods are stopped, and it serves nobody until it is scaled up again.
        </Alert>
      )}
    </ChangeDialog>
  )
}

function count(text: string): number | null {
  const n = Number(text)
  return /^\d+$/.test(text.trim()) && n <= MOST ? n : null
}

function words(n: number): string {
  return n === 1 ? '1 replica' : `${n} replicas`
}
