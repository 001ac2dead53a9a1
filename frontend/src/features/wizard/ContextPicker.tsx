import { SearchInput } from '@patternfly/react-core'
import { type ReactNode, useState } from 'react'
import type { Candidate } from '../../wails/model'
import { CandidateDetails } from './CandidateDetails'
import { CandidateGrid } from './CandidateGrid'
import type { RowControls } from './CandidateRow'
import css from './ContextPicker.module.css'
import { search } from './verdict'
import { count } from './words'

interface Props extends RowControls {
  label: string
  /** The import's. */
  ticket: string
  candidates: readonly Candidate[]
  /** The candidate whose details show at first. */
  start: number | null
  /** Enter on a row. */
  onEnter?: (candidate: Candidate) => void
  keys: string
  /** Buttons and counts beside the search; they are told what the search shows. */
  tools?: (shown: readonly Candidate[]) => ReactNode
}

/** The contexts of an import: search, the list, and all about the one that is looked at. */
export function ContextPicker({ label, ticket, candidates, start, onEnter, keys, tools, ...controls }: Props) {
  const [query, setQuery] = useState('')
  const [active, setActive] = useState<number | null>(start)
  const shown = search(candidates, query)
  const looked = shown.find((c) => c.index === active) ?? shown[0]
  return (
    <div className={css.picker}>
      <div className={css.bar}>
        {candidates.length > 8 && (
          <SearchInput
            className={css.search ?? ''}
            aria-label="Search contexts"
            placeholder="Name, server, user, file"
            value={query}
            onChange={(_event, value) => setQuery(value)}
            onClear={() => setQuery('')}
          />
        )}
        <span aria-live="polite" className={css.count}>
          {shown.length === candidates.length
            ? count(candidates.length, 'context')
            : `${shown.length} of ${count(candidates.length, 'context')}`}
        </span>
        {tools?.(shown)}
      </div>
      <div className={css.split}>
        {shown.length === 0 ? (
          <p className={css.nothing}>No context holds “{query}”.</p>
        ) : (
          <CandidateGrid
            label={label}
            candidates={shown}
            active={looked?.index ?? null}
            onActive={setActive}
            {...(onEnter ? { onEnter } : {})}
            {...controls}
          />
        )}
        <div className={css.side}>
          <CandidateDetails key={looked?.index} ticket={ticket} candidate={looked} />
        </div>
      </div>
      <p className={css.keys}>{keys}</p>
    </div>
  )
}
