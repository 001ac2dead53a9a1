import AngleDownIcon from '@patternfly/react-icons/dist/esm/icons/angle-down-icon'
import AngleRightIcon from '@patternfly/react-icons/dist/esm/icons/angle-right-icon'
import css from './ClusterTable.module.css'
import type { Row } from './rows'

interface Props {
  row: Extract<Row, { kind: 'group' }>
  index: number
  span: number
  onToggle: (key: string) => void
}

/** The header of a group; it opens and closes it. */
export function GroupRow({ row, index, span, onToggle }: Props) {
  return (
    <tr className={css.group} aria-rowindex={index + 2}>
      <th scope="rowgroup" colSpan={span}>
        <button type="button" className={css.groupButton} aria-expanded={row.open} onClick={() => onToggle(row.key)}>
          {row.open ? <AngleDownIcon /> : <AngleRightIcon />}
          {row.title} <span className={css.count}>{row.count}</span>
        </button>
      </th>
    </tr>
  )
}
