import type { ClusterSeed } from '../../lib/places'
import { STATE_WORDS, STATES } from '../../lib/states'
import { StateBadge } from '../../ui/StateBadge'
import type { Member, MemberState, Tone } from '../../wails/model'
import { Bar } from './Bar'
import { Card } from './Card'
import css from './Counts.module.css'
import { counted } from './words'

interface Props {
  members: ReadonlyMap<string, Member>
  onClusters: (seed?: ClusterSeed) => void
}

const TONES: Record<MemberState, Tone> = {
  ready: 'good',
  connecting: 'busy',
  needsCredentials: 'warning',
  needsLogin: 'warning',
  denied: 'bad',
  unreachable: 'bad',
  off: 'none',
}

/** The members by state, the good ones first. */
export function Clusters({ members, onClusters }: Props) {
  const all = [...members.values()]
  const order = [...STATES].sort((a, b) => Number(b === 'ready') - Number(a === 'ready'))
  const found = order.flatMap((state) => {
    const rows = all.filter((m) => m.state === state).length
    return rows > 0 ? [{ state, rows, label: STATE_WORDS[state], tone: TONES[state] }] : []
  })
  return (
    <Card
      title="Clusters"
      members={members}
      sum={
        <button
          type="button"
          className={css.sum}
          aria-label={`${counted(all.length, 'cluster')}: show them`}
          onClick={() => onClusters()}
        >
          {all.length.toLocaleString()}
        </button>
      }
    >
      <Bar segments={found} />
      <ul className={css.legend}>
        {found.map(({ state, rows, label }) => (
          <li key={state}>
            <button
              type="button"
              className={css.entry}
              aria-label={`${label} ${counted(rows, 'cluster')}`}
              onClick={() => onClusters({ states: [state] })}
            >
              <StateBadge state={state} /> <span className={css.number}>{rows.toLocaleString()}</span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  )
}
