import { FormGroup, TextInput } from '@patternfly/react-core'
import { useCallback } from 'react'
import { span } from '../lib/time'
import type { Member } from '../wails/model'
import { Choice } from './Choice'
import { useClock } from './clock'

const MINUTES: [value: string, title: string][] = [
  ['5', '5 minutes'],
  ['15', '15 minutes'],
  ['60', '1 hour'],
]

interface Props {
  id: string
  name: string
  typed: string
  minutes: string
  onTyped: (typed: string) => void
  onMinutes: (minutes: string) => void
}

/** The part of a ChangeDialog that unlocks a protected member: its name, typed, and for how long. */
export function Unlock({ id, name, typed, minutes, onTyped, onMinutes }: Props) {
  return (
    <>
      <p>
        <strong>{name}</strong> is protected in your view: it can be changed only while it is unlocked.
      </p>
      <FormGroup label={`Type “${name}” to unlock it`} fieldId={`${id}-typed`}>
        <TextInput
          id={`${id}-typed`}
          value={typed}
          onChange={(_, value) => onTyped(value)}
          autoComplete="off"
          spellCheck="false"
        />
      </FormGroup>
      <div>
        <Choice label={`For how long ${name} is unlocked`} value={minutes} options={MINUTES} onChange={onMinutes} />
      </div>
    </>
  )
}

/** Whether the member is protected, and not unlocked just now. */
export function useLocked({ guard, unlockedUntil }: Member): boolean {
  const open = useClock(useCallback((now: number) => unlockedUntil > now, [unlockedUntil]))
  return guard === 'protected' && !open
}

/** How long a protected member stays unlocked, in words; '' when it is not. */
export function useUnlockedFor({ guard, unlockedUntil }: Member): string {
  const left = useClock(
    useCallback((now: number) => (unlockedUntil > now ? span(unlockedUntil - now) : ''), [unlockedUntil]),
  )
  return guard === 'protected' ? left : ''
}
