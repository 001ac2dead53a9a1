import { type Ref, useImperativeHandle, useRef, useState } from 'react'
import { SecretField } from '../../ui/SecretField'
import css from './NewPassphrase.module.css'
import { StrengthMeter } from './StrengthMeter'
import { MIN_SCORE, type Strength, strength } from './strength'

/** What a form can ask of the pair of fields. */
export interface NewPassphraseHandle {
  /** The passphrase when both fields are fit, else null: then the fields say why and the first wrong one has the focus. */
  read(): string | null
  /** Empties both fields. */
  clear(): void
  focus(): void
}

interface Props {
  ref: Ref<NewPassphraseHandle>
  /** What Go said against it, '' for nothing. */
  refused: string
  disabled: boolean
  /** The first field takes the focus when it appears. */
  focus?: boolean
}

/** A new passphrase, twice, with its strength. */
export function NewPassphrase({ ref, refused, disabled, focus = false }: Props) {
  const first = useRef<HTMLInputElement>(null)
  const again = useRef<HTMLInputElement>(null)
  const [judged, setJudged] = useState<Strength | null>(null)
  const [errors, setErrors] = useState({ first: '', again: '' })
  // What Go refused is no longer what stands there once a key is pressed.
  const [changed, setChanged] = useState(false)

  useImperativeHandle(ref, () => ({
    read() {
      const value = first.current?.value ?? ''
      const found = faults(value, again.current?.value ?? '')
      setErrors(found)
      setChanged(false)
      if (found.first !== '') first.current?.focus()
      else if (found.again !== '') again.current?.focus()
      else return value
      return null
    },
    clear() {
      if (first.current) first.current.value = ''
      if (again.current) again.current.value = ''
      setJudged(null)
      setErrors({ first: '', again: '' })
    },
    focus: () => first.current?.focus(),
  }))

  return (
    <div className={css.pair}>
      <SecretField
        label="New passphrase"
        inputRef={first}
        focus={focus}
        autoComplete="new-password"
        error={errors.first || (changed ? '' : refused)}
        disabled={disabled}
        onInput={(value) => {
          setChanged(true)
          setJudged(value === '' ? null : strength(value))
          setErrors({ first: '', again: '' })
        }}
      >
        <StrengthMeter strength={judged} />
      </SecretField>
      <SecretField
        label="New passphrase again"
        inputRef={again}
        autoComplete="new-password"
        error={errors.again}
        disabled={disabled}
        onInput={() => setErrors((before) => ({ ...before, again: '' }))}
      />
    </div>
  )
}

/** What is wrong with a pair of passphrases, per field; '' for nothing. */
export function faults(first: string, again: string): { first: string; again: string } {
  if (first === '') return { first: 'Type a passphrase.', again: '' }
  const judged = strength(first)
  if (judged.score < MIN_SCORE) return { first: `Too weak. ${judged.advice}`, again: '' }
  if (again === '') return { first: '', again: 'Type the same passphrase again.' }
  return { first: '', again: first === again ? '' : 'The two don’t match. Type the same passphrase again.' }
}
