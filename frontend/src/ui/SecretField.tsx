import { Button, FormGroup, InputGroup, InputGroupItem, TextInput } from '@patternfly/react-core'
import EyeIcon from '@patternfly/react-icons/dist/esm/icons/eye-icon'
import EyeSlashIcon from '@patternfly/react-icons/dist/esm/icons/eye-slash-icon'
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useState } from 'react'
import css from './SecretField.module.css'

interface Props {
  label: string
  inputRef: RefObject<HTMLInputElement | null>
  /** Which kind of password a password manager should take it for. */
  autoComplete: 'current-password' | 'new-password' | 'off'
  /** Shown at the field, '' when all is well. */
  error: string
  disabled?: boolean
  /** False: it may stay empty. */
  required?: boolean
  /** Takes the focus when it appears. */
  focus?: boolean
  onInput?: (value: string) => void
  children?: ReactNode
}

/**
 * One secret: a passphrase, a token, an answer to a program. The input is uncontrolled on purpose: React copies a controlled
 * value into an attribute of the document, and a secret should be nowhere but in the input itself. It is emptied when the
 * field goes away.
 */
export function SecretField({
  label,
  inputRef,
  autoComplete,
  error,
  disabled = false,
  required = true,
  focus = false,
  onInput,
  children,
}: Props) {
  const id = useId()
  const [shown, setShown] = useState(false)
  const [capsLock, setCapsLock] = useState(false)

  useEffect(() => {
    if (focus) inputRef.current?.focus()
  }, [focus, inputRef])
  useLayoutEffect(() => {
    const input = inputRef.current
    return () => {
      if (input) input.value = ''
    }
  }, [inputRef])

  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  return (
    <FormGroup label={label} isRequired={required} fieldId={id}>
      <InputGroup>
        <InputGroupItem isFill>
          <TextInput
            ref={inputRef}
            id={id}
            type={shown ? 'text' : 'password'}
            isRequired={required}
            isDisabled={disabled}
            autoComplete={autoComplete}
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck="false"
            validated={error === '' ? 'default' : 'error'}
            aria-describedby={`${id}-help`}
            aria-invalid={error !== ''}
            onChange={(_event, value) => onInput?.(value)}
            onKeyDown={watchCapsLock}
            onKeyUp={watchCapsLock}
            onBlur={() => setCapsLock(false)}
          />
        </InputGroupItem>
        <InputGroupItem>
          <Button
            variant="control"
            isDisabled={disabled}
            aria-label={shown ? `Hide ${lower(label)}` : `Show ${lower(label)}`}
            icon={shown ? <EyeSlashIcon /> : <EyeIcon />}
            onClick={() => setShown(!shown)}
          />
        </InputGroupItem>
      </InputGroup>
      <div id={`${id}-help`} className={css.help}>
        {error !== '' && (
          <p role="alert" className={css.error}>
            {error}
          </p>
        )}
        {capsLock && <p role="status">Caps Lock is on.</p>}
        {children}
      </div>
    </FormGroup>
  )
}

function lower(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1)
}
