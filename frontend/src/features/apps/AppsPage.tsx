import { Button, Skeleton } from '@patternfly/react-core'
import SyncIcon from '@patternfly/react-icons/dist/esm/icons/sync-alt-icon'
import { useMemo } from 'react'
import type { Ways } from '../../lib/places'
import { Age } from '../../ui/Age'
import { useAct } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useBackend, useFleet } from '../../wails/context'
import type { Apps, Member } from '../../wails/model'
import { AppList } from './AppList'
import css from './AppsPage.module.css'
import { NoApps } from './NoApps'
import { Progress } from './Progress'
import { useApps } from './useApps'

const NOBODY: Member[] = []

/** The applications of all clusters, merged: what is installed where, in which version, and where it differs. */
export function AppsPage(ways: Ways) {
  const { state, pull } = useApps()
  const fleet = useFleet().state
  const list = fleet.status === 'ready' ? fleet.value.members : NOBODY
  const members = useMemo(() => new Map(list.map((m) => [m.id, m])), [list])
  const failure = state.status === 'loading' ? null : state.failure
  return (
    <div className={css.page}>
      <Head apps={state.status === 'ready' ? state.value : null} />
      {failure && (
        <div className={css.failure}>
          <ErrorAlert
            failure={failure}
            action={
              <Button variant="link" isInline onClick={pull}>
                Try again
              </Button>
            }
          />
        </div>
      )}
      {state.status === 'loading' && <Coming />}
      {state.status === 'ready' && <Ready {...ways} apps={state.value} members={members} />}
    </div>
  )
}

function Head({ apps }: { apps: Apps | null }) {
  const backend = useBackend()
  const act = useAct()
  return (
    <header className={css.head}>
      <h1>Applications</h1>
      <p className={css.note}>
        Helm releases are read from Secrets, and only while this page is open.
        {apps && apps.read > 0 && (
          <>
            {' '}
            Read <Age at={apps.read} />.
          </>
        )}
      </p>
      <Button
        variant="secondary"
        icon={<SyncIcon />}
        isDisabled={apps?.reading ?? true}
        onClick={() => act(() => backend.apps.refresh())}
      >
        Read again
      </Button>
    </header>
  )
}

function Ready({ apps, members, ...ways }: Ways & { apps: Apps; members: ReadonlyMap<string, Member> }) {
  const coming = apps.apps.length === 0 && (apps.reading || apps.read === 0)
  return (
    <>
      <Progress apps={apps} members={members} />
      {coming ? (
        <Coming />
      ) : apps.apps.length === 0 ? (
        <NoApps told={apps.members} members={members} />
      ) : (
        <AppList {...ways} apps={apps.apps} members={members} />
      )}
    </>
  )
}

function Coming() {
  return (
    <div className={css.coming}>
      <Skeleton height="18rem" screenreaderText="Reading the applications of your clusters" />
    </div>
  )
}
