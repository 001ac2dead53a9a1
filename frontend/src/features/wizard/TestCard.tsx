import { Button, Label } from '@patternfly/react-core'
import { useId, useState } from 'react'
import { visible } from '../../lib/visible'
import { CheckList } from '../../ui/CheckList'
import { Plain } from '../../ui/Plain'
import type { Candidate } from '../../wails/model'
import { type Standing, standingOf, took } from './standing'
import css from './TestStep.module.css'

const LOOK = {
  waiting: { words: 'Waiting', color: 'grey' },
  running: { words: 'Testing', color: 'blue' },
  passed: { words: 'Passed', color: 'green' },
  warned: { words: 'Passed, with a warning', color: 'orange' },
  failed: { words: 'Failed', color: 'red' },
} as const satisfies Record<Standing, { words: string; color: string }>

interface Props {
  name: string
  candidate: Candidate
  /** Its checks show from the start. */
  open: boolean
  onRetest: () => void
}

/** The test of one cluster; one that needs a look opens by itself. */
export function TestCard({ name, candidate, open, onRetest }: Props) {
  const id = useId()
  const [wanted, setWanted] = useState<boolean | null>(null)
  const standing = standingOf(candidate)
  const unfolded = wanted ?? (open || standing === 'failed' || standing === 'warned')
  return (
    <li className={css.card} aria-label={visible(name)}>
      <div className={css.head}>
        <strong className={css.name}>
          <Plain>{name}</Plain>
        </strong>
        <Label isCompact color={LOOK[standing].color}>
          {LOOK[standing].words}
        </Label>
        <span className={css.took}>{candidate.tested ? `${took(candidate)} ms` : ''}</span>
        <Button
          variant="link"
          isInline
          aria-expanded={unfolded}
          aria-controls={id}
          aria-label={`${unfolded ? 'Hide' : 'Show'} checks of ${visible(name)}`}
          isDisabled={candidate.checks.length === 0}
          onClick={() => setWanted(!unfolded)}
        >
          {unfolded ? 'Hide checks' : 'Show checks'}
        </Button>
        <Button
          variant="link"
          isInline
          aria-label={`Test again: ${visible(name)}`}
          isDisabled={!candidate.tested}
          onClick={onRetest}
        >
          Test again
        </Button>
      </div>
      <div id={id}>{unfolded && <CheckList checks={candidate.checks} />}</div>
    </li>
  )
}
