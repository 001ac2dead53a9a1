import { Button, Skeleton } from '@patternfly/react-core'
import PlusIcon from '@patternfly/react-icons/dist/esm/icons/plus-icon'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { afterPaint } from '../../lib/afterPaint'
import type { ClusterSeed } from '../../lib/places'
import { ActionMenu, type MenuItem, type Point } from '../../ui/ActionMenu'
import { useAct } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useHotkeys } from '../../ui/useHotkeys'
import { useBackend, useFleet, useSession } from '../../wails/context'
import type { Fleet, Member } from '../../wails/model'
import { type ActionContext, actionsFor, runAction } from './actions'
import { BulkBar } from './BulkBar'
import css from './ClustersPage.module.css'
import { ClusterTable } from './ClusterTable'
import { Details } from './Details'
import type { OpenDialog } from './dialogs'
import { NoMatch, NoMembers } from './empty'
import { pressed, restore, type TableLayout } from './layout'
import { moveTarget, rowsOf } from './rows'
import { Summary } from './Summary'
import { Toolbar } from './Toolbar'
import { useTableState } from './tableState'
import { useTableKeys } from './useTableKeys'

const DialogHost = lazy(() => import('./DialogHost').then((m) => ({ default: m.DialogHost })))

interface Props {
  /** A member whose details shall show; another object shows it again. */
  member?: { id: string } | null
  /** What the page begins with; everything without it. */
  seed?: ClusterSeed
  /** Opens the wizard that adds clusters. */
  onAdd: () => void
  /** Opens the dialog that gives a member other credentials. */
  onGiveCredentials: (member: Member) => void
  /** Begins the sign-in that a member waits for. */
  onSignIn: (member: Member) => void
  /** Opens the dialog of the program that a member wants run. */
  onProgram: (member: Member) => void
}

/** The home page: every cluster of the view. */
export function ClustersPage(props: Props) {
  const { state, pull } = useFleet()
  return (
    <div className={css.page}>
      {state.status === 'loading' && <Loading />}
      {state.status === 'failed' && (
        <div className={css.notice}>
          <h1>Clusters</h1>
          <ErrorAlert failure={state.failure} action={<TryAgain onClick={pull} />} />
        </div>
      )}
      {state.status === 'ready' && (
        <>
          {state.failure && (
            <div className={css.notice}>
              <ErrorAlert failure={state.failure} action={<TryAgain onClick={pull} />} />
            </div>
          )}
          <Ready {...props} fleet={state.value} />
        </>
      )}
    </div>
  )
}

function TryAgain({ onClick }: { onClick: () => void }) {
  return (
    <Button variant="link" isInline onClick={onClick}>
      Try again
    </Button>
  )
}

function Loading() {
  return (
    <div className={css.notice}>
      <h1>Clusters</h1>
      <Skeleton height="18rem" screenreaderText="Reading the clusters of your view" />
    </div>
  )
}

const PAINTED = 'binnacle:fleet'

function Ready({
  fleet,
  member = null,
  seed,
  onAdd,
  onGiveCredentials,
  onSignIn,
  onProgram,
}: Props & { fleet: Fleet }) {
  const backend = useBackend()
  const act = useAct()
  const density = useSession((s) => (s.settings.density === 'compact' ? 'compact' : 'comfortable'))
  const { members } = fleet
  const layout = useMemo(() => restore(fleet.layout), [fleet.layout])
  const table = useTableState(seed)
  const { filters, closedGroups } = table
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const [detailsID, setDetails] = useState('')
  const [menu, setMenu] = useState<{ member: Member; at: Point } | null>(null)
  const searchBox = useRef<HTMLInputElement>(null)
  const scrollTo = useRef<((index: number) => void) | null>(null)
  useEffect(() => {
    if (member) setDetails(member.id)
  }, [member])
  const shows = members.length > 0
  // The start ends here. The bench reads the mark.
  useEffect(() => {
    if (!shows || performance.getEntriesByName(PAINTED).length > 0) return undefined
    return afterPaint(() => performance.mark(PAINTED))
  }, [shows])

  const rows = useMemo(() => rowsOf(members, layout, filters, closedGroups), [members, layout, filters, closedGroups])
  const shown = useMemo(
    () => rows.flatMap((row, index) => (row.kind === 'member' ? [{ member: row.member, index }] : [])),
    [rows],
  )
  const selected = members.filter((m) => table.selected.has(m.id))
  const detailed = members.find((m) => m.id === detailsID)

  const saveLayout = (next: TableLayout) => act(() => backend.saveLayout(next))
  const context = (targets: Member[]): ActionContext => ({
    targets,
    backend,
    act,
    open: setDialog,
    giveCredentials: onGiveCredentials,
    signIn: onSignIn,
    program: onProgram,
    details: (m) => setDetails(m.id),
    orderHeld:
      layout.sort !== '' || layout.groupBy !== ''
        ? 'Rows are sorted or grouped. Go back to the view’s own order first.'
        : '',
    moveTarget: (id, way) =>
      moveTarget(
        members,
        shown.map((s) => s.member),
        id,
        way,
      ),
  })
  const targetsOf = (m: Member, id: string) =>
    table.selected.has(m.id) && selected.length > 1 && (id === 'remove' || id === 'retry') ? selected : [m]
  const keys = useTableKeys({
    idle: dialog === null && menu === null,
    shown,
    scrollTo,
    onToggle: (m) => table.select([m.id], !table.selected.has(m.id)),
    onMenu: (member, at) => setMenu({ member, at }),
    onAction: (id, m) => runAction(id, context(targetsOf(m, id))),
  })
  useHotkeys({ '/': () => searchBox.current?.focus(), n: onAdd })

  if (members.length === 0) return <NoMembers onAdd={onAdd} />
  return (
    <>
      <header className={css.head}>
        <h1>Clusters</h1>
        <Summary members={members} shown={shown.length} table={table} />
        <Button variant="primary" icon={<PlusIcon />} onClick={onAdd}>
          Add clusters
        </Button>
      </header>
      <Toolbar
        members={members}
        table={table}
        layout={layout}
        searchBox={searchBox}
        onLayout={saveLayout}
        onColumns={() => setDialog({ kind: 'columns' })}
      />
      <BulkBar context={context(selected)} onClear={table.clearSelection} />
      <div className={css.body}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are the grid's, which is inside */}
        <div ref={keys.box} className={css.table} onKeyDown={keys.onKeyDown}>
          {rows.length === 0 ? (
            <NoMatch onClear={table.clearFilters} />
          ) : (
            <ClusterTable
              key={density}
              rows={rows}
              layout={layout}
              density={density}
              selected={table.selected}
              current={keys.current}
              detailed={detailsID}
              scrollTo={scrollTo}
              onSort={(id) => saveLayout(pressed(layout, id))}
              onSelect={table.select}
              onCurrent={keys.setCurrent}
              onOpen={(m) => setDetails(m.id)}
              onMenu={(member, at) => setMenu({ member, at })}
              onToggleGroup={table.toggleGroup}
              onHelp={(action, m) => runAction(action, context([m]))}
            />
          )}
        </div>
        {detailed && (
          <Details key={detailed.id} member={detailed} context={context([detailed])} onClose={() => setDetails('')} />
        )}
      </div>
      {menu && (
        <ActionMenu
          label={`Actions for ${menu.member.name}`}
          at={menu.at}
          items={menuItems(context([menu.member]))}
          onClose={() => setMenu(null)}
        />
      )}
      {dialog && (
        <Suspense>
          <DialogHost
            dialog={dialog}
            members={members}
            layout={layout}
            onLayout={saveLayout}
            onClose={() => setDialog(null)}
            onRemoved={table.clearSelection}
          />
        </Suspense>
      )}
    </>
  )
}

function menuItems(context: ActionContext): MenuItem[] {
  return actionsFor(context.targets).map((a) => ({
    id: a.id,
    title: a.title,
    refused: a.refused?.(context) ?? '',
    danger: a.danger === true,
    parted: a.parted === true,
    ...(a.keys ? { keys: a.keys } : {}),
    run: () => a.run(context),
  }))
}
