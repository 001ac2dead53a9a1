import { type ReactNode, useState } from 'react'
import { visible } from '../../lib/visible'
import css from './FacetList.module.css'

export interface Option {
  value: string
  text: string
  /** How many rows it would leave; -1 is not known. */
  rows: number
  mark?: ReactNode
}

interface Props {
  /** What is chosen from, for the names of its parts: "namespaces". */
  what: string
  title?: string
  options: Option[]
  chosen: readonly string[]
  onToggle: (value: string) => void
}

/** From this many on the list has a search of its own. */
const SEARCH_FROM = 8

/** Values to filter by, each with its rows. What is chosen comes first and stays though no row has it any more. */
export function FacetList({ what, title, options, chosen, onToggle }: Props) {
  const [text, setText] = useState('')
  const [first] = useState(chosen) // while it is open nothing jumps
  const gone = chosen.filter((value) => !options.some((o) => o.value === value))
  const all = [...gone.map((value) => ({ value, text: value, rows: 0, mark: undefined })), ...options]
  const sorted = [...all.filter((o) => first.includes(o.value)), ...all.filter((o) => !first.includes(o.value))]
  const shown = sorted.filter((o) => o.text.toLowerCase().includes(text.toLowerCase()))
  return (
    <fieldset className={css.part}>
      <legend className={title === undefined ? 'visually-hidden' : css.title}>{title ?? what}</legend>
      {all.length >= SEARCH_FROM && (
        <input
          type="search"
          className={css.search}
          aria-label={`Search ${what}`}
          placeholder="Search"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {shown.length === 0 && <p className={css.none}>Nothing here.</p>}
      <div className={css.options}>
        {shown.map(({ value, text: words, rows, mark }) => (
          <label key={value} className={css.option}>
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
            {mark}
            <span className={css.text} title={words}>
              {visible(words)}
            </span>
            {rows >= 0 && <span className={css.rows}>{rows.toLocaleString()}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
