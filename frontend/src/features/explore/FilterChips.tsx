import { Button } from '@patternfly/react-core'
import TimesIcon from '@patternfly/react-icons/dist/esm/icons/times-icon'
import { memo } from 'react'
import { ANY } from '../../lib/places'
import { visible } from '../../lib/visible'
import type { Column, Filter, Member } from '../../wails/model'
import { chips } from './filters'
import css from './Toolbar.module.css'

interface Props {
  filter: Filter
  members: readonly Member[]
  columns: readonly Column[]
  problem: string
  onFilter: (next: Filter) => void
}

/** Everything that filters, each with a button that takes it away. */
export const FilterChips = memo(function FilterChips({ filter, members, columns, problem, onFilter }: Props) {
  const all = chips(filter, members, columns)
  if (all.length === 0) return null
  return (
    <ul className={css.chips} aria-label="Filters">
      {all.map((chip) => {
        const bad = chip.key === 'labels' && problem !== ''
        return (
          <li key={chip.key} className={css.chip} data-bad={bad} title={bad ? problem : undefined}>
            <span className={css.chipField}>{chip.field}:</span>
            <span className={css.chipText}>{visible(chip.text)}</span>
            {bad && <span className="visually-hidden">{problem}</span>}
            <button
              type="button"
              className={css.chipRemove}
              aria-label={`Remove the filter ${chip.field} ${chip.text}`}
              onClick={() => onFilter(chip.without)}
            >
              <TimesIcon />
            </button>
          </li>
        )
      })}
      <li>
        <Button variant="link" size="sm" isInline onClick={() => onFilter(ANY)}>
          Clear all
        </Button>
      </li>
    </ul>
  )
})
