import { Radio } from '@patternfly/react-core'
import { useId } from 'react'
import { Plain } from '../../ui/Plain'
import css from './Address.module.css'

interface Props {
  names: readonly string[]
  chosen: string
  onChoose: (name: string) => void
}

/** The address is none of the names in the certificate: which of them is to be expected instead. None is chosen unasked. */
export function NameChoice({ names, chosen, onChoose }: Props) {
  const id = useId()
  if (names.length === 0) return null
  return (
    <fieldset className={css.group}>
      <legend>The certificate is for other names than this address. Which one is the server?</legend>
      {names.map((name) => (
        <Radio
          key={name}
          id={`${id}-${name}`}
          name={id}
          label={<Plain>{name}</Plain>}
          isChecked={name === chosen}
          onChange={() => onChoose(name)}
        />
      ))}
    </fieldset>
  )
}
