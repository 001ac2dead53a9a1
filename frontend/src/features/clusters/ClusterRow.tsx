import { Button } from '@patternfly/react-core'
import EllipsisVIcon from '@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon'
import { useRef } from 'react'
import { below } from '../../ui/ActionMenu'
import type { Member } from '../../wails/model'
import type { TableProps } from './ClusterTable'
import css from './ClusterTable.module.css'
import { cell } from './cells'

type Props = TableProps & { member: Member; index: number }

/** One member. The row itself takes the focus; its name is the member's. */
export function ClusterRow(props: Props) {
  const { member: m, index, layout, selected, current, detailed, onSelect, onCurrent, onOpen, onMenu } = props
  const row = useRef<HTMLTableRowElement>(null)
  const on = selected.has(m.id)
  const labelled = layout.columns.includes('labels')
  return (
    <tr
      ref={row}
      className={css.row}
      aria-label={m.name}
      aria-rowindex={index + 2}
      aria-selected={on}
      data-key={m.id}
      data-detailed={detailed === m.id}
      data-off={m.state === 'off'}
      tabIndex={current === m.id ? 0 : -1}
      onFocus={() => onCurrent(m.id)}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('button, input, a')) return
        if (String(window.getSelection())) return
        onOpen(m)
      }}
      onContextMenu={(event) => {
        event.preventDefault()
        row.current?.focus()
        onMenu(m, { x: event.clientX, y: event.clientY })
      }}
    >
      <td className={css.tick}>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Select ${m.name}`}
          checked={on}
          onChange={(event) => onSelect([m.id], event.target.checked)}
        />
      </td>
      {layout.columns.map((id) =>
        id === 'name' ? (
          <th key={id} scope="row" className={`${css.cell} ${css.sticky}`}>
            {cell(id, m, labelled)}
          </th>
        ) : (
          <td key={id} className={css.cell}>
            {cell(id, m, labelled)}
          </td>
        ),
      )}
      <td className={css.dots}>
        <Button
          variant="plain"
          size="sm"
          tabIndex={-1}
          aria-label={`Actions for ${m.name}`}
          aria-haspopup="menu"
          icon={<EllipsisVIcon />}
          onClick={(event) => onMenu(m, below(event.currentTarget))}
        />
      </td>
    </tr>
  )
}
