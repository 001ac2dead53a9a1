import type { Ways } from '../../lib/places'
import { visible } from '../../lib/visible'
import { ColorDot } from '../../ui/ColorDot'
import { Toned } from '../../ui/Toned'
import type { Member, OverviewRow } from '../../wails/model'
import css from './Lists.module.css'

interface Props extends Pick<Ways, 'onOpen' | 'onLogs'> {
  rows: readonly OverviewRow[]
  /** How many there are in all. */
  of: number
  members: ReadonlyMap<string, Member>
}

const FEW = 8

/** The first workloads that want attention, the worst first; each opens in the drawer. */
export function NotReady({ rows, of, members, onOpen, onLogs }: Props) {
  if (of === 0) return <p className={css.quiet}>Every workload is ready.</p>
  const shown = [...rows].sort((a, b) => Number(b.tone === 'bad') - Number(a.tone === 'bad')).slice(0, FEW)
  return (
    <ul className={css.list} aria-label="Workloads not ready">
      {shown.map(({ ref, kind, status, tone }) => {
        const member = members.get(ref.member)
        const where = `${kind} in ${member?.name ?? ref.member} / ${ref.namespace}`
        return (
          <li key={[ref.member, ref.kind, ref.namespace, ref.name].join('/')} className={css.object}>
            <button type="button" className={css.open} aria-label={`${ref.name} ${where}`} onClick={() => onOpen(ref)}>
              <span className={css.name}>{visible(ref.name)}</span>{' '}
              <span className={css.where}>
                <ColorDot color={member?.color ?? ''} />
                <span>{visible(where)}</span>
              </span>
            </button>
            <span className={css.status}>
              <Toned tone={tone}>{status}</Toned>
            </span>
            <button
              type="button"
              className={css.small}
              aria-label={`Logs of ${ref.name}`}
              onClick={() => onLogs([ref])}
            >
              Logs
            </button>
          </li>
        )
      })}
      {of > shown.length && <li className={css.quiet}>and {(of - shown.length).toLocaleString()} more</li>}
    </ul>
  )
}
