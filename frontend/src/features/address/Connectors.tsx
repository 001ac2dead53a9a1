import { Radio } from '@patternfly/react-core'
import { useId } from 'react'
import { Plain } from '../../ui/Plain'
import type { Connector } from '../../wails/model'
import css from './Address.module.css'
import { Field } from './Field'

interface Props {
  connectors: readonly Connector[]
  value: string
  onChange: (connector: string) => void
}

/** Dex' choices by name; where it doesn't show them, the id can be typed. */
export function Connectors({ connectors, value, onChange }: Props) {
  const id = useId()
  if (connectors.length === 0) {
    return (
      <Field
        label="Dex connector"
        value={value}
        help="Dex does not show its choices. Type the connector’s ID, or leave it empty and choose there."
        onChange={onChange}
      />
    )
  }
  return (
    <fieldset className={css.group}>
      <legend>Who knows you?</legend>
      <Radio id={`${id}-`} name={id} label="Ask me there" isChecked={value === ''} onChange={() => onChange('')} />
      {connectors.map((c) => (
        <Radio
          key={c.id}
          id={`${id}-${c.id}`}
          name={id}
          label={<Plain>{c.name}</Plain>}
          isChecked={value === c.id}
          onChange={() => onChange(c.id)}
        />
      ))}
    </fieldset>
  )
}
