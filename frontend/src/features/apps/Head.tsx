import LongArrowDown from '@patternfly/react-icons/dist/esm/icons/long-arrow-alt-down-icon'
import LongArrowUp from '@patternfly/react-icons/dist/esm/icons/long-arrow-alt-up-icon'
import css from './AppTable.module.css'
import type { Order, SortBy } from './rows'

const TITLES: Record<SortBy, { title: string; width: string }> = {
  name: { title: 'Name', width: '22%' },
  source: { title: 'Source', width: '11%' },
  clusters: { title: 'Clusters', width: '18%' },
  version: { title: 'Versions', width: '25%' },
  status: { title: 'Status', width: '14%' },
  updated: { title: 'Changed', width: '10%' },
}

export const COLUMNS = Object.keys(TITLES).length

/** The header: each column sorts. */
export function Head({ order, onSort }: { order: Order; onSort: (by: SortBy) => void }) {
  return (
    <thead className={css.head}>
      <tr>
        {(Object.keys(TITLES) as SortBy[]).map((by) => {
          const on = order.by === by
          const { title, width } = TITLES[by]
          return (
            <th
              key={by}
              scope="col"
              style={{ width }}
              aria-sort={on ? (order.desc ? 'descending' : 'ascending') : 'none'}
            >
              <button type="button" className={css.sort} data-on={on} onClick={() => onSort(by)}>
                {title}
                <span className={css.arrow} aria-hidden="true">
                  {on && order.desc ? <LongArrowDown /> : <LongArrowUp />}
                </span>
              </button>
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
