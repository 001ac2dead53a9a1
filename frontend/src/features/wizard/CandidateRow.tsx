import { useId } from 'react'
import { visible } from '../../lib/visible'
import { Plain } from '../../ui/Plain'
import type { Candidate } from '../../wails/model'
import css from './CandidateGrid.module.css'
import { VerdictLabel } from './VerdictLabel'
import { verdictOf } from './verdict'
import { authWords } from './words'

/** What can be done with each row; a list has one of them or both. */
export interface RowControls {
  radio?: {
    label: (candidate: Candidate) => string
    value: number | null
    disabled: (candidate: Candidate) => boolean
    onChange: (index: number) => void
  }
  check?: {
    label: (candidate: Candidate) => string
    values: ReadonlySet<number>
    disabled: (candidate: Candidate) => boolean
    onToggle: (index: number) => void
  }
}

interface Props extends RowControls {
  id: string
  candidate: Candidate
  position: number
  active: boolean
}

export function CandidateRow({ id, candidate, position, active, radio, check }: Props) {
  const group = useId()
  const c = candidate
  const chosen = radio?.value === c.index || (check?.values.has(c.index) ?? false)
  return (
    <tr
      id={id}
      data-index={c.index}
      data-active={active}
      data-muted={verdictOf(c) === 'problem'}
      aria-rowindex={position}
      aria-selected={chosen}
      className={css.row}
    >
      {radio && (
        <td className={css.control}>
          <input
            type="radio"
            name={group}
            tabIndex={-1}
            aria-label={visible(radio.label(c))}
            checked={radio.value === c.index}
            disabled={radio.disabled(c)}
            onChange={() => radio.onChange(c.index)}
          />
        </td>
      )}
      {check && (
        <td className={css.control}>
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={visible(check.label(c))}
            checked={check.values.has(c.index)}
            disabled={check.disabled(c)}
            onChange={() => check.onToggle(c.index)}
          />
        </td>
      )}
      <td className={css.text}>
        <div className={css.name} title={visible(c.context)}>
          <Plain>{c.context}</Plain>
          {c.current && <span className={css.aside}> · current context</span>}
        </div>
        <div className={css.server} title={visible(c.server)}>
          <Plain>{c.server === '' ? 'no server' : c.server}</Plain> · {authWords(c.authKind)}
        </div>
      </td>
      <td className={css.verdict}>
        <VerdictLabel candidate={c} />
      </td>
    </tr>
  )
}
