import { Button } from '@patternfly/react-core'
import { useCallback, useRef, useState } from 'react'
import { ANY, type Ways } from '../../lib/places'
import type { Point } from '../../ui/ActionMenu'
import { useAnnounce } from '../../ui/Announcer'
import { useAct } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useHotkeys } from '../../ui/useHotkeys'
import { useBackend, useSession } from '../../wails/context'
import type { Catalog, Kind, Member, Row, TableLayout, TableMember } from '../../wails/model'
import { ColumnsDialog } from './ColumnsDialog'
import { statusOf } from './columns'
import css from './Explore.module.css'
import { FilterChips } from './FilterChips'
import { isEmpty, toggled } from './filters'
import { Grid } from './Grid'
import { Heading } from './Heading'
import { plural } from './kinds'
import { MemberChips } from './MemberChips'
import { NoRows } from './NoRows'
import { RowMenu } from './RowMenu'
import { refOf } from './rowActions'
import { Toolbar } from './Toolbar'
import { useLayout } from './useLayout'
import { type Question, useAsk } from './useQuestion'
import { useTable } from './useTable'

interface Props extends Ways {
  kind: Kind
  catalog: Catalog
  question: Question
  members: readonly Member[]
  byID: ReadonlyMap<string, Member>
}

const NOBODY: readonly TableMember[] = []

/** The table of one kind with all that chooses its rows and columns. */
export function Explore({ kind, catalog, question, members, byID, onOpen, onLogs }: Props) {
  const backend = useBackend()
  const act = useAct()
  const announce = useAnnounce()
  const density = useSession((s) => (s.settings.density === 'compact' ? 'compact' : 'comfortable'))
  const [layout, setLayout] = useLayout(kind.key, catalog.layouts)
  const ask = useAsk(kind, question, layout)
  const { table, head, busy, failure } = useTable(ask)
  const [menu, setMenu] = useState<{ row: Row; at: Point } | null>(null)
  const [choosing, setChoosing] = useState(false)
  const searchBox = useRef<HTMLInputElement>(null)
  useHotkeys({ '/': () => searchBox.current?.focus() })

  const { filter } = ask
  const name = plural(kind)
  const columns = head?.columns ?? []
  // Steady, so that what stands above the rows renders only when it shows something else.
  const { setFilter, dropOrder } = question
  const onEscape = useCallback(() => {
    if (filter.search !== '') setFilter({ ...filter, search: '' })
    else if (!isEmpty(filter)) setFilter(ANY)
  }, [filter, setFilter])
  const onToggle = useCallback((id: string) => setFilter(toggled(filter, 'members', id)), [filter, setFilter])
  const retry = useCallback(
    (ids: string[]) => act(() => backend.pane.refreshTable(kind.key, ids)),
    [act, backend, kind.key],
  )
  const choose = useCallback(() => setChoosing(true), [])
  const changeLayout = (next: TableLayout) => {
    dropOrder()
    setLayout(next)
  }
  return (
    <div className={css.main}>
      <Heading kind={kind} name={name} head={head} busy={busy} filtering={!isEmpty(filter)} />
      <Toolbar
        key={kind.key}
        kind={kind}
        name={name}
        ask={ask}
        members={members}
        saved={catalog.filters}
        problem={head?.problem ?? ''}
        columns={columns}
        searchBox={searchBox}
        onFilter={setFilter}
        onEscape={onEscape}
        onColumns={choose}
      />
      <FilterChips {...{ filter, members, columns }} problem={head?.problem ?? ''} onFilter={setFilter} />
      <MemberChips
        kind={kind}
        members={byID}
        states={head?.members ?? NOBODY}
        filtered={filter.members}
        onToggle={onToggle}
        onRetry={retry}
      />
      {failure && (
        <div className={css.failure}>
          <ErrorAlert
            failure={failure}
            action={
              <Button variant="link" isInline onClick={() => table.refresh()}>
                Try again
              </Button>
            }
          />
        </div>
      )}
      {head && head.matched === 0 && !busy ? (
        <div className={css.center}>
          <NoRows
            name={name}
            head={head}
            members={byID}
            filtering={!isEmpty(filter)}
            onClear={() => setFilter(ANY)}
            onRetry={() => retry([])}
          />
        </div>
      ) : head ? (
        <Grid
          key={`${kind.key} ${density}`}
          label={name}
          table={table}
          layout={layout}
          sort={ask.sort}
          desc={ask.desc}
          members={byID}
          density={density}
          onLayout={changeLayout}
          onOpen={(row) => onOpen(refOf(kind.key, row))}
          onMenu={(row, at) => setMenu({ row, at })}
          onEscape={onEscape}
        />
      ) : (
        !failure && <Coming name={name} />
      )}
      {menu && (
        <RowMenu
          at={menu.at}
          kind={kind.key}
          row={menu.row}
          memberName={byID.get(menu.row.member)?.name ?? menu.row.member}
          status={statusOf(menu.row, columns)}
          onFilter={setFilter}
          {...{ filter, onOpen, onLogs, announce }}
          onClose={() => setMenu(null)}
        />
      )}
      {choosing && (
        <ColumnsDialog columns={columns} layout={layout} onLayout={changeLayout} onClose={() => setChoosing(false)} />
      )}
    </div>
  )
}

/** The first window is on its way. */
function Coming({ name }: { name: string }) {
  return (
    <div className={css.coming} role="status">
      <span className="visually-hidden">Reading {name}</span>
      {Array.from({ length: 12 }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <span key={i} className={css.comingRow} aria-hidden="true" />
      ))}
    </div>
  )
}
