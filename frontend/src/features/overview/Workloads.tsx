import type { Ways } from '../../lib/places'
import { visible } from '../../lib/visible'
import type { Count, Member, OverviewRow } from '../../wails/model'
import { Bar } from './Bar'
import { Card, Nothing } from './Card'
import css from './Counts.module.css'
import { NotReady } from './NotReady'
import type { Whole } from './whole'
import { seedOf } from './words'

interface Props extends Pick<Ways, 'onExplore' | 'onOpen' | 'onLogs'> {
  counts: readonly Count[]
  rows: readonly OverviewRow[]
  whole: Whole
  members: ReadonlyMap<string, Member>
}

/** Workloads by kind, ready and not, and the first of those that aren't. */
export function Workloads({ counts, rows, whole, members, onExplore, ...ways }: Props) {
  const kinds = [...new Set(counts.filter((c) => c.rows > 0).map((c) => c.query.kind))]
  const unready = counts.reduce((sum, c) => (c.tone === 'good' ? sum : sum + c.rows), 0)
  return (
    <Card title="Workloads" whole={whole} members={members}>
      {kinds.length === 0 ? (
        <Nothing what="workloads" whole={whole} members={members}>
          No Deployments, StatefulSets or DaemonSets.
        </Nothing>
      ) : (
        <>
          <ul className={css.lines}>
            {kinds.map((kind) => (
              <Line key={kind} counts={counts.filter((c) => c.query.kind === kind)} onExplore={onExplore} />
            ))}
          </ul>
          <NotReady rows={rows} of={unready} members={members} {...ways} />
        </>
      )}
    </Card>
  )
}

function Line({ counts, onExplore }: { counts: readonly Count[]; onExplore: Ways['onExplore'] }) {
  const title = visible(counts[0]?.label ?? '')
  return (
    <li className={css.line}>
      <span className={css.kind}>{title}s</span>
      <Bar segments={counts.filter((c) => c.rows > 0).map((c) => ({ ...c, label: c.tone }))} />
      <span className={css.pair}>
        {counts.map((count) => {
          const words = count.tone === 'good' ? 'ready' : 'not ready'
          if (count.rows === 0) return null
          return (
            <button
              key={words}
              type="button"
              className={css.entry}
              aria-label={`${count.rows.toLocaleString()} ${words} ${title}s`}
              onClick={() => onExplore(seedOf(count.query))}
            >
              <span className={css.swatch} data-tone={count.tone} aria-hidden="true" />
              <span className={css.number}>{count.rows.toLocaleString()}</span>{' '}
              <span className={css.label}>{words}</span>
            </button>
          )
        })}
      </span>
    </li>
  )
}
