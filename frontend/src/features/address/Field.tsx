import { FormGroup, TextArea, TextInput } from '@patternfly/react-core'
import { useId } from 'react'
import css from './Address.module.css'

interface Props {
  label: string
  value: string
  /** What goes in there. */
  help?: string
  /** What is wrong with it, '' when nothing is. */
  error?: string
  required?: boolean
  lines?: boolean
  onChange: (value: string) => void
}

/** One line, or a few, of text that is no secret. */
export function Field({ label, value, help = '', error = '', required = false, lines = false, onChange }: Props) {
  const id = useId()
  const input = {
    id,
    value,
    isRequired: required,
    validated: error === '' ? ('default' as const) : ('error' as const),
    'aria-invalid': error !== '',
    'aria-describedby': `${id}-help`,
    autoComplete: 'off',
    autoCapitalize: 'off',
    spellCheck: false,
  }
  return (
    <FormGroup label={label} isRequired={required} fieldId={id}>
      {lines ? (
        <TextArea {...input} rows={3} resizeOrientation="vertical" onChange={(_event, text) => onChange(text)} />
      ) : (
        <TextInput {...input} onChange={(_event, text) => onChange(text)} />
      )}
      <p id={`${id}-help`} className={css.help}>
        {error === '' ? help : <span className={css.error}>{error}</span>}
      </p>
    </FormGroup>
  )
}
