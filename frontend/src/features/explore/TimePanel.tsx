import { useId } from 'react'
import type { Column, Filter } from '../../wails/model'
import { AGES, datedBy, spell } from './ages'
import css from './FacetList.module.css'

interface Props {
  filter: Filter
  columns: readonly Column[]
  onFilter: (next: Filter) => void
}

/** How new the rows are that show. */
export function TimePanel({ filter, columns, onFilter }: Props) {
  const name = useId()
  const others = [0, ...AGES].some((one) => one === filter.within) ? [] : [filter.within]
  return (
    <fieldset className={css.part}>
      <legend className={css.title}>{datedBy(columns)}</legend>
      <div className={css.options}>
        {[0, ...AGES, ...others].map((within) => (
          <label key={within} className={css.option}>
            <input
              type="radio"
              name={name}
              checked={filter.within === within}
              onChange={() => onFilter({ ...filter, within })}
            />
            <span className={css.text}>{within === 0 ? 'At any time' : `In the last ${spell(within)}`}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
