import { Button } from '@patternfly/react-core'
import { visible } from '../../lib/visible'
import { Age } from '../../ui/Age'
import { Copyable } from '../../ui/Copyable'
import type { Kind, TableMember, TableState } from '../../wails/model'
import { plural } from './kinds'
import css from './MemberChips.module.css'
import { ruleFor } from './standing'

interface Props {
  kind: Kind
  state: TableMember
  name: string
  on: boolean
  onToggle: () => void
  onRetry: () => void
}

const RETRIED: ReadonlySet<TableState> = new Set<TableState>(['stale', 'denied', 'failed', 'partial'])

/** What one member gives to the table, in words, and what can be done about it. */
export function MemberStanding({ kind, state, name, on, onToggle, onRetry }: Props) {
  const { rows, fresh, why, hidden } = state
  const rule = state.state === 'denied' || state.state === 'partial' ? ruleFor(kind) : ''
  return (
    <div className={css.standing}>
      <p className={css.title}>
        {visible(name)} {HEADLINE[state.state]}
      </p>
      {why !== '' && <p>{visible(why)}</p>}
      {hidden.length > 0 && <p>Not seen: {hidden.map(visible).join(', ')}.</p>}
      <p className={css.facts}>
        {rows.toLocaleString()} {rows === 1 ? 'row' : 'rows'}
        {fresh > 0 && (
          <>
            , right <Age at={fresh} />
          </>
        )}
      </p>
      {rule !== '' && (
        <div className={css.rule}>
          <p>
            Somebody who rules {visible(name)} can allow it. This shows {plural(kind)}:
          </p>
          <pre>{rule}</pre>
          <Copyable text={rule} short="The rule" what="rule" />
        </div>
      )}
      <div className={css.actions}>
        <Button variant="secondary" size="sm" onClick={onToggle}>
          {on ? `Don’t filter by ${name}` : `Show only ${name}`}
        </Button>
        {RETRIED.has(state.state) && (
          <Button variant="secondary" size="sm" onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  )
}

const HEADLINE: Record<TableState, string> = {
  live: 'is live.',
  listing: 'is being read.',
  waiting: 'is not connected.',
  partial: 'shows a part of its rows.',
  full: 'has more rows than are kept.',
  stale: 'does not answer; its rows are old.',
  denied: 'says no.',
  failed: 'can’t answer for this kind.',
  missing: 'does not have this kind.',
}
