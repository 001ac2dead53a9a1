import { FormSelect, FormSelectOption } from '@patternfly/react-core'
import { useId } from 'react'
import { COLORS, ColorDot } from '../../ui/ColorDot'
import css from './NameStep.module.css'

/** A member's colour in one line: a row of dots for each of many clusters would drown their names. */
export function ColorSelect({ of, value, onChange }: { of: string; value: string; onChange: (color: string) => void }) {
  const id = useId()
  return (
    <div className={css.field}>
      <label htmlFor={id}>Colour</label>
      <div className={css.color}>
        <ColorDot color={value} />
        <FormSelect id={id} aria-label={`Colour of ${of}`} value={value} onChange={(_event, color) => onChange(color)}>
          <FormSelectOption value="" label="none" />
          {COLORS.map((color) => (
            <FormSelectOption key={color} value={color} label={color === 'orangered' ? 'orange-red' : color} />
          ))}
        </FormSelect>
      </div>
    </div>
  )
}
