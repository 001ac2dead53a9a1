import { memo } from 'react'
import { dotted } from '../../ui/ColorDot'
import type { Row } from '../../wails/model'
import { cell } from './cells'
import type { Shown } from './columns'
import css from './Grid.module.css'

interface Props {
  row: Row
  index: number
  /** px from the top of the list. */
  top: number
  /** Out of sight, until another row needs it. */
  parked: boolean
  columns: readonly Shown[]
  memberName: string
  memberColor: string
  /** The Tab key comes to it. */
  current: boolean
}

/** One object: its place, which changes as others come and go. What it shows is a part of its own. */
export const GridRow = memo(function GridRow({ row, index, top, parked, current, ...shown }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed one by one, which a table's can't be
    <div
      role="row"
      className={css.row}
      aria-hidden={parked ? true : undefined}
      aria-label={row.name}
      aria-rowindex={parked ? undefined : index + 2}
      data-key={parked ? undefined : row.key}
      data-tone={row.tone}
      data-deleting={row.deleting}
      tabIndex={current ? 0 : -1}
      style={{ transform: `translateY(${parked ? AWAY : top}px)` }}
    >
      <RowCells row={row} {...shown} />
    </div>
  )
})

// px; above the list there is nothing to scroll to.
const AWAY = -10_000

type CellsProps = Omit<Props, 'index' | 'top' | 'parked' | 'current'>

const RowCells = memo(function RowCells({ row, columns, memberName, memberColor }: CellsProps) {
  const marked = columns.find((c) => c.status)?.id ?? 'name'
  return (
    <>
      {columns.map((c) => (
        <div
          key={c.id}
          role={c.id === 'name' ? 'rowheader' : 'gridcell'}
          className={c.id === 'member' ? `${css.cell} ${dotted}` : css.cell}
          data-column={c.id}
          data-type={c.type}
          data-color={c.id === 'member' ? memberColor : undefined}
        >
          {cell(c, row, memberName, marked === c.id)}
        </div>
      ))}
      {/* biome-ignore lint/a11y/useSemanticElements: as the row */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row has the focus */}
      <div role="gridcell" className={css.dots}>
        <button
          type="button"
          className={css.dotsButton}
          tabIndex={-1}
          aria-label={`Actions for ${row.name}`}
          aria-haspopup="menu"
        />
      </div>
    </>
  )
})

/** A row that is on its way. */
export function GapRow({ top }: { top: number }) {
  return (
    <div className={css.gap} aria-hidden="true" style={{ transform: `translateY(${top}px)` }}>
      <span className={css.gapBar} />
    </div>
  )
}
