import AngleDownIcon from '@patternfly/react-icons/dist/esm/icons/angle-down-icon'
import AngleUpIcon from '@patternfly/react-icons/dist/esm/icons/angle-up-icon'
import { memo, useState } from 'react'
import type { Kind, Member, TableMember } from '../../wails/model'
import { MemberChip } from './MemberChip'
import css from './MemberChips.module.css'
import { isLacking, summary, worstFirst } from './standing'

interface Props {
  kind: Kind
  members: ReadonlyMap<string, Member>
  states: readonly TableMember[]
  filtered: readonly string[]
  onToggle: (id: string) => void
  onRetry: (ids: string[]) => void
}

/** Up to so many members each have their chip; of more, only those that lack something until all are asked for. */
const FEW = 6
const TROUBLED = 4

/** What each member gives to the table: its rows, how far they can be trusted, and why some are missing. */
export const MemberChips = memo(function MemberChips({ states, ...props }: Props) {
  const [all, setAll] = useState(false)
  if (states.length === 0) return null
  const many = states.length > FEW
  const troubled = worstFirst(states.filter((s) => isLacking(s) || props.filtered.includes(s.id)))
  const shown = !many || all ? states : troubled.slice(0, TROUBLED)
  return (
    <div className={css.line}>
      {many && (
        <button type="button" className={css.summary} aria-expanded={all} onClick={() => setAll(!all)}>
          {summary(states)}
          {all ? <AngleUpIcon /> : <AngleDownIcon />}
        </button>
      )}
      {shown.length > 0 && (
        <ul className={css.chips} aria-label="Clusters of this table">
          {shown.map((state) => (
            <MemberChip
              key={state.id}
              kind={props.kind}
              state={state}
              member={props.members.get(state.id)}
              on={props.filtered.includes(state.id)}
              onToggle={() => props.onToggle(state.id)}
              onRetry={() => props.onRetry([state.id])}
            />
          ))}
        </ul>
      )}
    </div>
  )
})
