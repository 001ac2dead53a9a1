import { Button, Skeleton } from '@patternfly/react-core'
import ServerGroupIcon from '@patternfly/react-icons/dist/esm/icons/server-group-icon'
import { useMemo } from 'react'
import type { ClusterSeed, Ways } from '../../lib/places'
import { Age } from '../../ui/Age'
import { EmptyView } from '../../ui/EmptyView'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useFleet } from '../../wails/context'
import type { Member } from '../../wails/model'
import { Dashboard } from './Dashboard'
import css from './OverviewPage.module.css'
import { useOverview } from './useOverview'

export interface OverviewProps extends Ways {
  /** Shows clusters on their page; all without a seed. */
  onClusters: (seed?: ClusterSeed) => void
  /** Shows one cluster there. */
  onMember: (id: string) => void
}

const NOBODY: Member[] = []

/** The fleet at a glance; every number leads to what it stands for. */
export function OverviewPage(props: OverviewProps) {
  const fleet = useFleet().state
  const { state, pull } = useOverview()
  const list = fleet.status === 'ready' ? fleet.value.members : NOBODY
  const members = useMemo(() => new Map(list.map((m) => [m.id, m])), [list])
  const retry = (
    <Button variant="link" isInline onClick={pull}>
      Try again
    </Button>
  )
  if (fleet.status === 'ready' && list.length === 0)
    return (
      <div className={css.whole}>
        <h1 className="visually-hidden">Overview</h1>
        <NoMembers onClusters={() => props.onClusters()} />
      </div>
    )
  const failure = state.status === 'loading' ? null : state.failure
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>Overview</h1>
        {state.status === 'ready' && failure && (
          <p className={css.old}>
            These numbers are from <Age at={state.value.at} />.
          </p>
        )}
      </header>
      {failure && (
        <div className={css.failure}>
          <ErrorAlert failure={failure} action={retry} />
        </div>
      )}
      {state.status === 'ready' && <Dashboard {...props} overview={state.value} members={members} />}
      {state.status === 'loading' && <Coming />}
    </div>
  )
}

function NoMembers({ onClusters }: { onClusters: () => void }) {
  return (
    <EmptyView
      title="No clusters in your view yet"
      icon={ServerGroupIcon}
      actions={
        <Button variant="primary" onClick={onClusters}>
          Go to Clusters
        </Button>
      }
    >
      Add the clusters that you may access on the page Clusters. What they hold shows here then.
    </EmptyView>
  )
}

function Coming() {
  return (
    <div className={css.grid}>
      <div className={css.column}>
        <Skeleton height="7rem" screenreaderText="Counting what your clusters hold" />
        <Skeleton height="7rem" />
        <Skeleton height="12rem" />
      </div>
      <div className={css.column}>
        <Skeleton height="27.5rem" />
      </div>
      <div className={css.column}>
        <Skeleton height="9rem" />
        <Skeleton height="9rem" />
      </div>
    </div>
  )
}
