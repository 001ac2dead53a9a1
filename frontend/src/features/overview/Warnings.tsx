import { useState } from 'react'
import type { Ways } from '../../lib/places'
import { visible } from '../../lib/visible'
import { Age } from '../../ui/Age'
import { ColorDot } from '../../ui/ColorDot'
import { Toned } from '../../ui/Toned'
import type { Member, Warning } from '../../wails/model'
import { Card, Nothing } from './Card'
import counts from './Counts.module.css'
import css from './Lists.module.css'
import type { Whole } from './whole'
import { counted, seedOf } from './words'

interface Props {
  warnings: readonly Warning[]
  rows: number
  whole: Whole
  members: ReadonlyMap<string, Member>
  onExplore: Ways['onExplore']
}

/** So many members are named, each a link to its own rows. */
const NAMED = 3
/** So many reasons show at first. */
const FEW = 6

/** What the clusters warned of in the last hour, merged by reason. */
export function Warnings({ warnings, rows, whole, members, onExplore }: Props) {
  const [all, setAll] = useState(false)
  const [first] = warnings
  const shown = all ? warnings : warnings.slice(0, FEW)
  const rest = warnings.length - shown.length
  return (
    <Card
      title="Warnings of the last hour"
      whole={whole}
      members={members}
      sum={
        first && (
          <button
            type="button"
            className={counts.sum}
            aria-label={`${counted(rows, 'warning')}: show all`}
            onClick={() => onExplore(seedOf({ ...first.query, filter: { ...first.query.filter, cells: [] } }))}
          >
            {rows.toLocaleString()}
          </button>
        )
      }
    >
      {first ? (
        <ul className={css.warnings}>
          {shown.map((w) => (
            <One key={w.reason} warning={w} members={members} onExplore={onExplore} />
          ))}
          {rest > 0 && (
            <li>
              <button type="button" className={css.more} onClick={() => setAll(true)}>
                {rest === 1 ? '1 more reason' : `${rest} more reasons`}
              </button>
            </li>
          )}
        </ul>
      ) : (
        <Nothing what="warnings" whole={whole} members={members}>
          No warnings in the last hour.
        </Nothing>
      )}
    </Card>
  )
}

function One({ warning: w, members, onExplore }: { warning: Warning } & Pick<Props, 'members' | 'onExplore'>) {
  const seed = seedOf(w.query)
  const rest = w.members.length - NAMED
  return (
    <li className={css.warning}>
      <span className={css.reason}>
        <button
          type="button"
          className={css.link}
          aria-label={`${w.reason} ${counted(w.rows, 'warning')}`}
          onClick={() => onExplore(seed)}
        >
          <Toned tone="warning">{w.reason}</Toned> <span className={counts.number}>{w.rows.toLocaleString()}</span>
        </button>
        <span className={css.quiet}>
          <Age at={w.last} />
        </span>
      </span>
      <span className={css.message} title={visible(w.message)}>
        {visible(w.message)}
      </span>
      <span className={css.members}>
        {w.members.slice(0, NAMED).map((id) => {
          const member = members.get(id)
          return (
            <button
              key={id}
              type="button"
              className={css.member}
              aria-label={`${w.reason} in ${member?.name ?? id}`}
              onClick={() => onExplore({ ...seed, filter: { ...seed.filter, members: [id] } })}
            >
              <ColorDot color={member?.color ?? ''} />
              <span>{visible(member?.name ?? id)}</span>
            </button>
          )
        })}
        {rest > 0 && <span className={css.quiet}>and {rest} more</span>}
      </span>
    </li>
  )
}
