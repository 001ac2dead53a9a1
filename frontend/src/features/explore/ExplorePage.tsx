import { Button, Skeleton } from '@patternfly/react-core'
import CubesIcon from '@patternfly/react-icons/dist/esm/icons/cubes-icon'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Seed, Ways } from '../../lib/places'
import { EmptyView } from '../../ui/EmptyView'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useHotkeys } from '../../ui/useHotkeys'
import { useFleet } from '../../wails/context'
import type { Catalog, Member } from '../../wails/model'
import { Explore } from './Explore'
import css from './Explore.module.css'
import { KindPicker } from './KindPicker'
import { firstKind } from './kinds'
import { type Remembered, remember, remembered } from './remembered'
import { useCatalog } from './useCatalog'
import { useQuestion } from './useQuestion'

export interface ExploreProps extends Ways {
  /** Rows that some number or link stands for; another one replaces what shows. */
  seed: Seed | null
}

/** Every object of every member: a kind, and one live table of it over all of them. */
export function ExplorePage(props: ExploreProps) {
  const { state, pull } = useCatalog()
  if (state.status === 'loading')
    return (
      <div className={css.notice}>
        <h1>Explore</h1>
        <Skeleton height="18rem" screenreaderText="Reading what can be seen" />
      </div>
    )
  if (state.status === 'failed')
    return (
      <div className={css.notice}>
        <h1>Explore</h1>
        <ErrorAlert
          failure={state.failure}
          action={
            <Button variant="link" isInline onClick={pull}>
              Try again
            </Button>
          }
        />
      </div>
    )
  return <Ready {...props} catalog={state.value} />
}

const NOBODY: Member[] = []

function Ready({ catalog, seed, ...ways }: ExploreProps & { catalog: Catalog }) {
  const fleet = useFleet().state
  const members = fleet.status === 'ready' ? fleet.value.members : NOBODY
  const byID = useMemo(() => new Map(members.map((m) => [m.id, m])), [members])
  const { kinds, favourites, recents, learning } = catalog
  // Layouts are saved all the time; the picker has nothing of them.
  const served = useMemo(() => ({ kinds, favourites, recents, learning }), [kinds, favourites, recents, learning])
  const [kept, setKept] = useState(remembered)
  const question = useQuestion(seed, firstKind(catalog.kinds, kept.kind))
  const kindSearch = useRef<HTMLInputElement>(null)
  const kind = catalog.kinds.find((k) => k.key === question.kind)

  const keep = useCallback((change: Partial<Remembered>) => setKept((old) => ({ ...old, ...change })), [])
  useEffect(() => remember(kept), [kept])
  const { setKind } = question
  const chooseKind = useCallback(
    (key: string) => {
      keep({ kind: key })
      setKind(key)
    },
    [keep, setKind],
  )
  useHotkeys({
    k: () => {
      keep({ folded: false })
      requestAnimationFrame(() => kindSearch.current?.focus())
    },
  })
  if (catalog.kinds.length === 0) return <NoKinds learning={catalog.learning.length > 0} />
  return (
    <div className={css.page}>
      <KindPicker
        catalog={served}
        kind={question.kind}
        members={byID}
        kept={kept}
        searchBox={kindSearch}
        onKeep={keep}
        onKind={chooseKind}
      />
      {kind ? (
        <Explore {...ways} kind={kind} catalog={catalog} question={question} members={members} byID={byID} />
      ) : (
        <div className={css.center}>
          <h1 className="visually-hidden">Explore</h1>
          <EmptyView title={`No cluster serves ${question.kind}`} icon={CubesIcon}>
            Choose another kind. If a cluster that is not connected has it, it shows when that one is back.
          </EmptyView>
        </div>
      )}
    </div>
  )
}

function NoKinds({ learning }: { learning: boolean }) {
  return (
    <div className={css.center}>
      <h1 className="visually-hidden">Explore</h1>
      <EmptyView title={learning ? 'Learning what your clusters serve' : 'Nothing to explore yet'} icon={CubesIcon}>
        {learning
          ? 'Kinds show here as soon as the first cluster has told what it serves.'
          : 'No cluster of your view has told what it serves. Connect one on the page Clusters.'}
      </EmptyView>
    </div>
  )
}
