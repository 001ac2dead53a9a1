import { Button, HelperText, HelperTextItem, TextInput } from '@patternfly/react-core'
import TimesIcon from '@patternfly/react-icons/dist/esm/icons/times-icon'
import { type KeyboardEvent, useId, useState } from 'react'
import { labelTexts, readLabel } from '../lib/labels'
import css from './LabelEditor.module.css'

interface Props {
  id: string
  value: Record<string, string>
  onChange: (labels: Record<string, string>) => void
}

/** Edits labels as "key=value"; Enter or a comma adds what was typed, leaving the field does too. */
export function LabelEditor({ id, value, onChange }: Props) {
  const help = useId()
  const [text, setText] = useState('')
  const add = () => {
    const label = readLabel(text)
    setText('')
    if (label) onChange({ ...value, [label[0]]: label[1] })
  }
  const onKey = (event: KeyboardEvent) => {
    if (text.trim() === '' || (event.key !== 'Enter' && event.key !== ',')) return
    event.preventDefault()
    add()
  }
  const remove = (key: string) => onChange(Object.fromEntries(Object.entries(value).filter(([k]) => k !== key)))
  return (
    <div className={css.editor}>
      {Object.keys(value).length > 0 && (
        <ul className={css.list} aria-label="Labels">
          {Object.keys(value)
            .sort((a, b) => a.localeCompare(b))
            .map((key) => (
              <li key={key} className={css.item}>
                <span className={css.text}>{labelTexts({ [key]: value[key] ?? '' })}</span>
                <Button
                  variant="plain"
                  hasNoPadding
                  size="sm"
                  aria-label={`Remove the label ${key}`}
                  icon={<TimesIcon />}
                  onClick={() => remove(key)}
                />
              </li>
            ))}
        </ul>
      )}
      <TextInput
        id={id}
        value={text}
        placeholder="env=production"
        aria-describedby={help}
        autoComplete="off"
        onChange={(_, next) => setText(next)}
        onKeyDown={onKey}
        onBlur={add}
      />
      <HelperText id={help}>
        <HelperTextItem>Enter adds it.</HelperTextItem>
      </HelperText>
    </div>
  )
}
