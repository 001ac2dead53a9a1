import { Button, TextInput } from '@patternfly/react-core'
import AngleDownIcon from '@patternfly/react-icons/dist/esm/icons/angle-down-icon'
import AngleUpIcon from '@patternfly/react-icons/dist/esm/icons/angle-up-icon'
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon'
import type { RefObject } from 'react'
import css from './LogsDock.module.css'
import { Toggle } from './Toggle'
import type { Found } from './useFind'

interface Props {
  box: RefObject<HTMLInputElement | null>
  needle: string
  only: boolean
  found: Found
  onNeedle: (needle: string) => void
  onOnly: (only: boolean) => void
  onStep: (way: 1 | -1) => void
  /** Escape in the empty box. */
  onLeave: () => void
}

/** Finds a text in the lines: each place is marked, and one goes from line to line that has it. */
export function Search({ box, needle, only, found, onNeedle, onOnly, onStep, onLeave }: Props) {
  const none = needle === '' || found.count === 0
  return (
    // biome-ignore lint/a11y/useSemanticElements: the oldest webviews don't know <search>
    <div role="search" aria-label="Find in the logs" className={css.search}>
      <TextInput
        ref={box}
        type="search"
        className={css.searchBox ?? ''}
        customIcon={<SearchIcon />}
        aria-label="Find in the logs"
        placeholder="Find"
        value={needle}
        onChange={(_, text) => onNeedle(text)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1)
          else if (event.key !== 'Escape') return
          else if (needle === '') onLeave()
          else onNeedle('')
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      {needle !== '' && (
        <span role="status" className={css.count}>
          {words(found)}
        </span>
      )}
      <Button
        variant="plain"
        size="sm"
        aria-label="Previous match"
        icon={<AngleUpIcon />}
        isDisabled={none}
        onClick={() => onStep(-1)}
      />
      <Button
        variant="plain"
        size="sm"
        aria-label="Next match"
        icon={<AngleDownIcon />}
        isDisabled={none}
        onClick={() => onStep(1)}
      />
      <Toggle label="Only matches" on={only} onToggle={() => onOnly(!only)}>
        Only matches
      </Toggle>
    </div>
  )
}

function words({ count, at }: Found): string {
  if (count === null) return '…'
  if (count === 0) return 'None'
  return at > 0 ? `${at.toLocaleString()} of ${count.toLocaleString()}` : `${count.toLocaleString()} lines`
}
