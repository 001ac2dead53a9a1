import { Button } from '@patternfly/react-core'
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon'
import { useMemo, useRef, useState } from 'react'
import type { Ways } from '../../lib/places'
import { EmptyView } from '../../ui/EmptyView'
import { useHotkeys } from '../../ui/useHotkeys'
import { useSession } from '../../wails/context'
import type { App, Member } from '../../wails/model'
import css from './AppsPage.module.css'
import { AppTable } from './AppTable'
import { matching, NO_FILTERS, type Order, rowsOf, type SortBy, sorted } from './rows'
import { Toolbar } from './Toolbar'

interface Props extends Ways {
  apps: readonly App[]
  members: ReadonlyMap<string, Member>
}

/** The list with what chooses and sorts its rows. */
export function AppList({ apps, members, ...ways }: Props) {
  const density = useSession((s) => (s.settings.density === 'compact' ? 'compact' : 'comfortable'))
  const [filters, setFilters] = useState(NO_FILTERS)
  const [order, setOrder] = useState<Order>({ by: 'name', desc: false })
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const searchBox = useRef<HTMLInputElement>(null)
  useHotkeys({ '/': () => searchBox.current?.focus() })
  const all = useMemo(() => rowsOf(apps, members), [apps, members])
  const rows = useMemo(() => sorted(matching(all, filters), order), [all, filters, order])
  const sort = (by: SortBy) => setOrder((was) => ({ by, desc: was.by === by && !was.desc }))
  const toggle = (key: string, on: boolean) =>
    setOpen((was) => {
      const next = new Set(was)
      if (on) next.add(key)
      else next.delete(key)
      return next
    })
  return (
    <>
      <Toolbar
        rows={all}
        shown={rows.length}
        members={members}
        filters={filters}
        searchBox={searchBox}
        onFilters={setFilters}
      />
      {rows.length === 0 ? (
        <div className={css.center}>
          <EmptyView
            title="No application matches"
            icon={SearchIcon}
            actions={
              <Button variant="link" onClick={() => setFilters(NO_FILTERS)}>
                Clear filters
              </Button>
            }
          >
            Change the search or the filters to see more.
          </EmptyView>
        </div>
      ) : (
        <AppTable key={density} {...{ rows, members, order, open, density, ways }} onSort={sort} onToggle={toggle} />
      )}
    </>
  )
}
