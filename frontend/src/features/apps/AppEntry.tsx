import AngleDownIcon from '@patternfly/react-icons/dist/esm/icons/angle-down-icon'
import AngleRightIcon from '@patternfly/react-icons/dist/esm/icons/angle-right-icon'
import { type Ref, useId } from 'react'
import type { Ways } from '../../lib/places'
import { visible } from '../../lib/visible'
import { Age } from '../../ui/Age'
import { ColorDot } from '../../ui/ColorDot'
import { Toned } from '../../ui/Toned'
import type { Member } from '../../wails/model'
import { AllLogs } from './AllLogs'
import css from './AppTable.module.css'
import { Drift } from './Drift'
import { COLUMNS } from './Head'
import { Instances } from './Instances'
import { type AppRow, badges } from './rows'
import { Source } from './Source'

interface Props {
  row: AppRow
  index: number
  /** Told the body that holds it, when heights are measured. */
  measure: Ref<HTMLTableSectionElement> | undefined
  members: ReadonlyMap<string, Member>
  open: boolean
  /** The Tab key comes to it. */
  current: boolean
  ways: Ways
  onCurrent: (key: string) => void
  onToggle: (key: string, on: boolean) => void
}

/** One application, and below it its instances when it is open. The row takes the focus; its name is the application's. */
export function AppEntry({ row, index, measure, members, open, current, ways, onCurrent, onToggle }: Props) {
  const id = useId()
  const { app, versions } = row
  const [newest = '', ...older] = versions
  return (
    <tbody ref={measure} data-index={index} className={css.entry} data-open={open}>
      <tr
        className={css.row}
        aria-label={app.name}
        aria-level={1}
        aria-rowindex={index + 2}
        aria-expanded={open}
        data-key={app.key}
        tabIndex={current ? 0 : -1}
        onFocus={() => onCurrent(app.key)}
        onClick={() => {
          if (!String(window.getSelection())) onToggle(app.key, !open)
        }}
      >
        <th scope="row" className={css.cell}>
          <span className={css.name}>
            <span className={css.angle} aria-hidden="true">
              {open ? <AngleDownIcon /> : <AngleRightIcon />}
            </span>
            <span className={css.text}>{visible(app.name)}</span>
          </span>
        </th>
        <td className={css.cell}>
          <Source source={app.source} />
        </td>
        <td className={css.cell}>
          <On ids={row.members} members={members} />
        </td>
        <td className={css.cell}>
          <span className={css.versions}>
            <span className={css.text}>{visible(newest) || <None />}</span>
            {older.length > 0 && app.drift.length === 0 && <span className={css.quiet}>+{older.length}</span>}
            {badges(app.drift).map((words) => (
              <span key={words} className={css.badge}>
                {words}
              </span>
            ))}
          </span>
        </td>
        <td className={css.cell}>{row.status === '' ? <None /> : <Toned tone={app.tone}>{row.status}</Toned>}</td>
        <td className={css.cell}>{row.updated > 0 ? <Age at={row.updated} /> : <None />}</td>
      </tr>
      {open && (
        <tr aria-level={2} aria-labelledby={id} className={css.details}>
          <td colSpan={COLUMNS}>
            <div className={css.inside}>
              <span id={id} hidden>
                Where {app.name} runs
              </span>
              <Drift drift={app.drift} members={members} name={app.name} />
              <AllLogs app={app} onLogs={ways.onLogs} />
              <Instances app={app} members={members} ways={ways} />
            </div>
          </td>
        </tr>
      )}
    </tbody>
  )
}

const NAMED = 2

/** The clusters that have it: the first by name, the rest as a number. */
function On({ ids, members }: { ids: readonly string[]; members: ReadonlyMap<string, Member> }) {
  const names = ids.map((id) => visible(members.get(id)?.name ?? id))
  const rest = ids.length - NAMED
  return (
    <span className={css.on} title={names.join(', ')}>
      <span className={css.number}>{ids.length}</span>
      {ids.slice(0, NAMED).map((id, i) => (
        <span key={id} className={css.member}>
          <ColorDot color={members.get(id)?.color ?? ''} />
          <span className={css.text}>{names[i]}</span>
        </span>
      ))}
      {rest > 0 && <span className={css.quiet}>+{rest}</span>}
    </span>
  )
}

function None() {
  return (
    <span className={css.quiet}>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">Unknown</span>
    </span>
  )
}
