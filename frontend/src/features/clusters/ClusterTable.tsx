import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { afterPaint } from '../../lib/afterPaint'
import type { Point } from '../../ui/ActionMenu'
import type { Member } from '../../wails/model'
import { ClusterRow } from './ClusterRow'
import css from './ClusterTable.module.css'
import { COLUMNS, type ColumnID } from './columns'
import { GroupRow } from './GroupRow'
import type { TableLayout } from './layout'
import type { Row } from './rows'
import { TableHead } from './TableHead'

/** From this many rows on only those in sight are in the document. */
const VIRTUAL_FROM = 30
/** Rows beyond those in sight, so that a scroll finds them. They come after the first picture, which waits for each row. */
const OVERSCAN = 4
/** What of the window's height the table does not get, about, px. */
const ABOVE = 222
const FRAME_WIDTH = 52 + 52 // the tick box and the three dots
const HEIGHTS = { comfortable: 52, compact: 36 }

export interface TableProps {
  rows: Row[]
  layout: TableLayout
  density: 'comfortable' | 'compact'
  selected: ReadonlySet<string>
  /** The row that the Tab key comes to. */
  current: string
  detailed: string
  onSort: (id: ColumnID) => void
  onSelect: (ids: string[], on: boolean) => void
  onCurrent: (key: string) => void
  onOpen: (member: Member) => void
  onMenu: (member: Member, at: Point) => void
  onToggleGroup: (key: string) => void
  /** Runs the action that helps a member, from its row. */
  onHelp: (action: string, member: Member) => void
  /** Told how to bring a row into sight, for the keys. */
  scrollTo: RefObject<((index: number) => void) | null>
}

/** The table itself, in PatternFly's look but not with its 150 kB of table CSS; the page above owns every state. */
export function ClusterTable(props: TableProps) {
  const { rows, layout, density, scrollTo } = props
  const scroller = useRef<HTMLDivElement>(null)
  const table = useRef(props)
  useLayoutEffect(() => {
    table.current = props
  })
  const painted = usePainted()
  const virtual = rows.length > VIRTUAL_FROM
  const height = HEIGHTS[density]
  const virtualizer = useVirtualizer({
    count: rows.length,
    enabled: virtual,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: painted ? OVERSCAN : 0,
    initialRect: { width: 0, height: window.innerHeight - ABOVE },
    scrollPaddingStart: 44,
  })
  useEffect(() => {
    scrollTo.current = (index) => {
      if (virtual) virtualizer.scrollToIndex(index)
    }
  }, [scrollTo, virtual, virtualizer])

  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const shown = virtual ? rows.slice(first, (items.at(-1)?.index ?? -1) + 1) : rows
  const before = virtual ? (items[0]?.start ?? 0) : 0
  const after = virtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0
  const least = layout.columns.map((id) => COLUMNS[id].width)
  const sum = least.reduce((a, b) => a + b, 0)
  const span = least.length + 2
  return (
    <div ref={scroller} className={css.scroller}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows take the focus and are selected, which is a grid
        role="grid"
        aria-label="Clusters"
        aria-rowcount={rows.length + 1}
        aria-multiselectable="true"
        className={css.table}
        style={{ minWidth: sum + FRAME_WIDTH }}
      >
        <colgroup>
          <col style={{ width: 52 }} />
          {/* Shares of what the tick box and the dots leave: the browser itself follows the window then. */}
          {layout.columns.map((id, i) => (
            <col key={id} style={{ width: `${((least[i] ?? 0) / sum) * 100}%` }} />
          ))}
          <col style={{ width: 52 }} />
        </colgroup>
        <TableHead {...props} />
        <tbody>
          {before > 0 && <Spacer height={before} span={span} />}
          {shown.map((row, i) =>
            row.kind === 'group' ? (
              <GroupRow
                key={`group:${row.key}`}
                row={row}
                index={first + i}
                span={span}
                onToggle={props.onToggleGroup}
              />
            ) : (
              <ClusterRow
                key={row.key}
                member={row.member}
                index={first + i}
                columns={layout.columns}
                selected={props.selected.has(row.key)}
                current={props.current === row.key}
                detailed={props.detailed === row.key}
                table={table}
              />
            ),
          )}
          {after > 0 && <Spacer height={after} span={span} />}
        </tbody>
      </table>
    </div>
  )
}

/** True once what was rendered first has been painted. */
function usePainted(): boolean {
  const [painted, setPainted] = useState(false)
  useEffect(() => afterPaint(() => setPainted(true)), [])
  return painted
}

function Spacer({ height, span }: { height: number; span: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: empty space; nothing in it can take the focus
    <tr aria-hidden="true" className={css.spacer}>
      <td colSpan={span} style={{ height }} />
    </tr>
  )
}
