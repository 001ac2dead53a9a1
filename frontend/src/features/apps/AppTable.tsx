import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import type { Ways } from '../../lib/places'
import type { Member } from '../../wails/model'
import { AppEntry } from './AppEntry'
import css from './AppTable.module.css'
import { COLUMNS, Head } from './Head'
import type { AppRow, Order, SortBy } from './rows'
import { useListKeys } from './useListKeys'

interface Props {
  rows: readonly AppRow[]
  members: ReadonlyMap<string, Member>
  order: Order
  /** The applications that show their instances. */
  open: ReadonlySet<string>
  density: 'comfortable' | 'compact'
  ways: Ways
  onSort: (by: SortBy) => void
  onToggle: (key: string, on: boolean) => void
}

/** From this many on only those in sight are in the document. */
const VIRTUAL_FROM = 60
const HEIGHTS = { comfortable: 52, compact: 36 }
/** What of the window's height the table does not get, about, px. */
const ABOVE = 240

/** The applications; each opens to its instances. One body of the table is one application, as tall as it happens to be. */
export function AppTable({ rows, members, order, open, density, ways, onSort, onToggle }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = rows.length > VIRTUAL_FROM
  const virtualizer = useVirtualizer({
    count: rows.length,
    enabled: virtual,
    getScrollElement: () => scroller.current,
    estimateSize: () => HEIGHTS[density],
    getItemKey: (index) => rows[index]?.app.key ?? index,
    overscan: 6,
    initialRect: { width: 0, height: window.innerHeight - ABOVE },
    scrollPaddingStart: 44,
  })
  const keys = useListKeys({
    box: scroller,
    rows,
    open,
    onToggle,
    reveal: (index) => {
      if (virtual) virtualizer.scrollToIndex(index)
    },
  })
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const shown = virtual ? rows.slice(first, (items.at(-1)?.index ?? -1) + 1) : rows
  const before = virtual ? (items[0]?.start ?? 0) : 0
  const after = virtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are the rows', which are inside
    <div ref={scroller} className={css.scroller} onKeyDown={keys.onKeyDown}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows take the focus and open, which is a treegrid
        role="treegrid"
        aria-label="Applications"
        aria-rowcount={rows.length + 1}
        className={css.table}
      >
        <Head order={order} onSort={onSort} />
        {before > 0 && <Spacer height={before} />}
        {shown.map((row, i) => (
          <AppEntry
            key={row.app.key}
            row={row}
            index={first + i}
            measure={virtual ? virtualizer.measureElement : undefined}
            members={members}
            open={open.has(row.app.key)}
            current={row.app.key === keys.current}
            ways={ways}
            onCurrent={keys.setCurrent}
            onToggle={onToggle}
          />
        ))}
        {after > 0 && <Spacer height={after} />}
      </table>
    </div>
  )
}

function Spacer({ height }: { height: number }) {
  return (
    <tbody aria-hidden="true">
      <tr>
        <td colSpan={COLUMNS} style={{ height, padding: 0, border: 0 }} />
      </tr>
    </tbody>
  )
}
