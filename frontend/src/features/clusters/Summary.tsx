import { StateBadge } from '../../ui/StateBadge'
import type { Member, MemberState } from '../../wails/model'
import css from './Summary.module.css'
import type { TableState } from './tableState'

const TROUBLE: readonly MemberState[] = ['unreachable', 'denied', 'needsLogin', 'needsCredentials']

/** How many clusters show, and how many need the person, by state; each is a filter. */
export function Summary({ members, shown, table }: { members: Member[]; shown: number; table: TableState }) {
  const all = members.length
  const noun = all === 1 ? 'cluster' : 'clusters'
  const counts = TROUBLE.map((state) => ({ state, n: members.filter((m) => m.state === state).length }))
  return (
    <>
      <p role="status" className={css.count}>
        {shown === all ? `${all} ${noun}` : `${shown} of ${all} ${noun}`}
      </p>
      <ul className={css.states} aria-label="Clusters that need you">
        {counts
          .filter(({ n }) => n > 0)
          .map(({ state, n }) => (
            <li key={state}>
              <button
                type="button"
                className={css.state}
                aria-pressed={table.filters.states.has(state)}
                onClick={() => table.toggleState(state)}
              >
                <StateBadge state={state} /> <span className={css.number}>{n}</span>
                <span className="visually-hidden">, show only these</span>
              </button>
            </li>
          ))}
      </ul>
    </>
  )
}
