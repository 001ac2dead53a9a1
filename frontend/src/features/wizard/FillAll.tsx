import { Button, TextInput } from '@patternfly/react-core'
import { useId, useState } from 'react'
import { ColorSelect } from './ColorSelect'
import css from './NameStep.module.css'
import type { Draft } from './picks'

/** Sets colour, group and labels of all clusters at once; what is left empty stays as it is in each. */
export function FillAll({ onFill }: { onFill: (patch: Partial<Draft>) => void }) {
  const id = useId()
  const [patch, setPatch] = useState<Partial<Draft>>({})
  const filled = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== ''))
  return (
    <fieldset className={css.all}>
      <legend>The same for all</legend>
      <ColorSelect of="all" value={patch.color ?? ''} onChange={(color) => setPatch({ ...patch, color })} />
      <div className={css.field}>
        <label htmlFor={`${id}-group`}>Group</label>
        <TextInput
          id={`${id}-group`}
          aria-label="Group of all"
          value={patch.group ?? ''}
          list="binnacle-groups"
          autoComplete="off"
          onChange={(_event, group) => setPatch({ ...patch, group })}
        />
      </div>
      <div className={css.field}>
        <label htmlFor={`${id}-labels`}>Labels</label>
        <TextInput
          id={`${id}-labels`}
          aria-label="Labels of all"
          value={patch.labels ?? ''}
          placeholder="env=prod, team=payments"
          autoComplete="off"
          spellCheck="false"
          onChange={(_event, labels) => setPatch({ ...patch, labels })}
        />
      </div>
      <Button variant="secondary" isDisabled={Object.keys(filled).length === 0} onClick={() => onFill(filled)}>
        Set for all
      </Button>
    </fieldset>
  )
}
