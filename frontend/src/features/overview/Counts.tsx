import { useState } from 'react'
import type { Ways } from '../../lib/places'
import { visible } from '../../lib/visible'
import type { Count, Tone } from '../../wails/model'
import { Bar } from './Bar'
import css from './Counts.module.css'
import { counted, seedOf } from './words'

interface Props {
  counts: readonly Count[]
  /** One of what is counted: "pod". */
  noun: string
  onExplore: Ways['onExplore']
}

/** So many entries show at once. */
const FEW = 8
const ORDER: readonly Tone[] = ['good', 'bad', 'warning', 'busy', 'none']

/** Objects by how they are: a bar in proportion, and in words with numbers that lead to their rows. */
export function Counts({ counts, noun, onExplore }: Props) {
  const [all, setAll] = useState(false)
  const sorted = counts
    .filter((c) => c.rows > 0)
    .sort((a, b) => ORDER.indexOf(a.tone) - ORDER.indexOf(b.tone) || b.rows - a.rows)
  const shown = all || sorted.length <= FEW + 1 ? sorted : sorted.slice(0, FEW)
  return (
    <>
      <Bar segments={sorted} />
      <ul className={css.legend}>
        {shown.map((count) => (
          <li key={count.label}>
            <button
              type="button"
              className={css.entry}
              aria-label={`${count.label || 'No status'} ${counted(count.rows, noun)}`}
              onClick={() => onExplore(seedOf(count.query))}
            >
              <span className={css.swatch} data-tone={count.tone} aria-hidden="true" />
              <span className={css.label}>{visible(count.label) || 'No status'}</span>{' '}
              <span className={css.number}>{count.rows.toLocaleString()}</span>
            </button>
          </li>
        ))}
        {shown.length < sorted.length && (
          <li>
            <button type="button" className={css.entry} onClick={() => setAll(true)}>
              <span className={css.label}>{sorted.length - shown.length} more statuses</span>
            </button>
          </li>
        )}
      </ul>
    </>
  )
}
