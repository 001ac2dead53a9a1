import type { Count, Member } from '../../wails/model'
import type { OverviewNow } from '../../wails/stores/overview'
import { Card, Nothing } from './Card'
import { Clusters } from './Clusters'
import { Counts } from './Counts'
import sums from './Counts.module.css'
import { Endings } from './Endings'
import type { OverviewProps } from './OverviewPage'
import css from './OverviewPage.module.css'
import { Versions } from './Versions'
import { Warnings } from './Warnings'
import { Workloads } from './Workloads'
import { wholeOf } from './whole'
import { counted } from './words'

const WORKLOADS = ['deployments.apps', 'statefulsets.apps', 'daemonsets.apps']

interface Props extends OverviewProps {
  overview: OverviewNow
  members: ReadonlyMap<string, Member>
}

/** What there is, what is wrong, and what to look after some day: three columns, or the last below the second. */
export function Dashboard({ overview, members, onClusters, onMember, onExplore, onOpen, onLogs }: Props) {
  const { parts } = overview
  return (
    <div className={css.grid}>
      <div className={css.column}>
        <Clusters members={members} onClusters={onClusters} />
        <Kind title="Pods" kind="pods" counts={overview.pods} {...{ overview, members, onExplore }} />
        <Kind title="Nodes" kind="nodes" counts={overview.nodes} {...{ overview, members, onExplore }} />
        <Workloads
          counts={overview.workloads}
          rows={overview.notReady}
          whole={wholeOf(parts, WORKLOADS)}
          members={members}
          {...{ onExplore, onOpen, onLogs }}
        />
      </div>
      <div className={css.column}>
        <Warnings
          warnings={overview.warnings}
          rows={overview.warningRows}
          whole={wholeOf(parts, ['events'])}
          members={members}
          onExplore={onExplore}
        />
      </div>
      <div className={css.column}>
        <Endings endings={overview.certificates} members={members} onMember={onMember} />
        <Versions versions={overview.versions} members={members} onClusters={onClusters} />
      </div>
    </div>
  )
}

interface KindProps extends Pick<Props, 'overview' | 'members' | 'onExplore'> {
  title: string
  kind: string
  counts: readonly Count[]
}

function Kind({ title, kind, counts, overview, members, onExplore }: KindProps) {
  const what = title.toLowerCase()
  const noun = what.slice(0, -1)
  const whole = wholeOf(overview.parts, [kind])
  const rows = counts.reduce((sum, c) => sum + c.rows, 0)
  return (
    <Card
      title={title}
      whole={whole}
      members={members}
      sum={
        rows > 0 && (
          <button
            type="button"
            className={sums.sum}
            aria-label={`${counted(rows, noun)}: show all`}
            onClick={() => onExplore({ kind })}
          >
            {rows.toLocaleString()}
          </button>
        )
      }
    >
      {rows > 0 ? (
        <Counts counts={counts} noun={noun} onExplore={onExplore} />
      ) : (
        <Nothing what={what} whole={whole} members={members}>
          No {what}.
        </Nothing>
      )}
    </Card>
  )
}
