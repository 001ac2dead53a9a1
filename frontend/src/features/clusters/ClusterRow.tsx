import EllipsisVIcon from '@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon'
import { memo, type RefObject, useRef } from 'react'
import { below } from '../../ui/ActionMenu'
import type { Member } from '../../wails/model'
import type { TableProps } from './ClusterTable'
import css from './ClusterTable.module.css'
import { cell } from './cells'
import type { ColumnID } from './columns'

interface Props {
  member: Member
  index: number
  columns: ColumnID[]
  selected: boolean
  /** The Tab key comes to it. */
  current: boolean
  detailed: boolean
  /** What the table is told; a ref, so that a row renders for its own changes only. */
  table: RefObject<TableProps>
}

/** One member. The row itself takes the focus; its name is the member's. */
export const ClusterRow = memo(function ClusterRow({ member: m, index, columns, table, ...is }: Props) {
  const row = useRef<HTMLTableRowElement>(null)
  const help = (action: string) => table.current.onHelp(action, m)
  const labelled = columns.includes('labels')
  return (
    <tr
      ref={row}
      className={css.row}
      aria-label={m.name}
      aria-rowindex={index + 2}
      aria-selected={is.selected}
      data-key={m.id}
      data-detailed={is.detailed}
      data-off={m.state === 'off'}
      tabIndex={is.current ? 0 : -1}
      onFocus={() => table.current.onCurrent(m.id)}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('button, input, a')) return
        if (String(window.getSelection())) return
        table.current.onOpen(m)
      }}
      onContextMenu={(event) => {
        event.preventDefault()
        row.current?.focus()
        table.current.onMenu(m, { x: event.clientX, y: event.clientY })
      }}
    >
      <td className={css.tick}>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Select ${m.name}`}
          checked={is.selected}
          onChange={(event) => table.current.onSelect([m.id], event.target.checked)}
        />
      </td>
      {columns.map((id) =>
        id === 'name' ? (
          <th key={id} scope="row" className={`${css.cell} ${css.sticky}`}>
            {cell(id, m, labelled, help)}
          </th>
        ) : (
          <td key={id} className={css.cell}>
            {cell(id, m, labelled, help)}
          </td>
        ),
      )}
      <td className={css.dots}>
        {/* No Button of PatternFly: each brings 265 custom properties, and a table has many. */}
        <button
          type="button"
          className={css.dotsButton}
          tabIndex={-1}
          aria-label={`Actions for ${m.name}`}
          aria-haspopup="menu"
          onClick={(event) => table.current.onMenu(m, below(event.currentTarget))}
        >
          <EllipsisVIcon />
        </button>
      </td>
    </tr>
  )
})
