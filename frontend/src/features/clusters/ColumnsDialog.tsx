import { ColumnsDialog as Chooser } from '../../ui/ColumnsDialog'
import { COLUMN_IDS, COLUMNS, DEFAULT_COLUMNS } from './columns'
import type { TableLayout } from './layout'

interface Props {
  layout: TableLayout
  onLayout: (layout: TableLayout) => void
  onClose: () => void
}

const ALL = COLUMN_IDS.map((id) => ({ id, title: COLUMNS[id].title }))

/** Which columns of the clusters show; the name stays the first. */
export function ColumnsDialog({ layout, onLayout, onClose }: Props) {
  return (
    <Chooser
      columns={ALL}
      shown={layout.columns}
      usual={DEFAULT_COLUMNS}
      fixed={1}
      onSave={(columns) => onLayout({ ...layout, columns })}
      onClose={onClose}
    />
  )
}
