import { ColumnsDialog as Chooser } from '../../ui/ColumnsDialog'
import type { Column, TableLayout } from '../../wails/model'
import { defaults, shownColumns } from './columns'

interface Props {
  columns: readonly Column[]
  layout: TableLayout
  onLayout: (layout: TableLayout) => void
  onClose: () => void
}

/** Which columns of a kind show, in which order. */
export function ColumnsDialog({ columns, layout, onLayout, onClose }: Props) {
  const usual = defaults(columns).map((c) => c.id)
  const save = (shown: string[], restored: boolean) => {
    const chosen = shown.join('\n') === usual.join('\n') ? [] : shown // so that columns to come show by themselves
    onLayout({ ...layout, columns: chosen, widths: restored ? {} : layout.widths })
  }
  const shown = shownColumns(columns, layout).map((c) => c.id)
  return <Chooser columns={columns} shown={shown} usual={usual} onSave={save} onClose={onClose} />
}
