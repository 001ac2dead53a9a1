import LongArrowDown from '@patternfly/react-icons/dist/esm/icons/long-arrow-alt-down-icon'
import LongArrowUp from '@patternfly/react-icons/dist/esm/icons/long-arrow-alt-up-icon'
import { useEffect, useRef } from 'react'
import type { TableProps } from './ClusterTable'
import css from './ClusterTable.module.css'
import { COLUMNS } from './columns'

/** The header: the box that ticks all, and a button per column that sorts by it. */
export function TableHead({ rows, layout, selected, onSelect, onSort }: TableProps) {
  const ids = rows.flatMap((row) => (row.kind === 'member' ? [row.key] : []))
  const ticked = ids.filter((id) => selected.has(id)).length
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current) box.current.indeterminate = ticked > 0 && ticked < ids.length
  }, [ticked, ids.length])
  return (
    <thead className={css.head}>
      <tr aria-rowindex={1}>
        <th scope="col" className={css.tick}>
          <input
            ref={box}
            type="checkbox"
            aria-label="Select all shown clusters"
            checked={ids.length > 0 && ticked === ids.length}
            onChange={(event) => onSelect(ids, event.target.checked)}
          />
        </th>
        {layout.columns.map((id) => {
          const on = layout.sort === id
          return (
            <th
              key={id}
              scope="col"
              className={id === 'name' ? css.sticky : undefined}
              aria-sort={on ? (layout.desc ? 'descending' : 'ascending') : 'none'}
            >
              <button type="button" className={css.sort} data-on={on} onClick={() => onSort(id)}>
                <span className={css.sortText}>{COLUMNS[id].title}</span>
                <span className={css.arrow} aria-hidden="true">
                  {on && layout.desc ? <LongArrowDown /> : <LongArrowUp />}
                </span>
              </button>
            </th>
          )
        })}
        <th scope="col" className={css.dots}>
          <span className="visually-hidden">Actions</span>
        </th>
      </tr>
    </thead>
  )
}
