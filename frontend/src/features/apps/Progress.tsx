import AngleDownIcon from '@patternfly/react-icons/dist/esm/icons/angle-down-icon'
import AngleUpIcon from '@patternfly/react-icons/dist/esm/icons/angle-up-icon'
import ExclamationTriangleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon'
import InProgressIcon from '@patternfly/react-icons/dist/esm/icons/in-progress-icon'
import { useId, useState } from 'react'
import { Plain } from '../../ui/Plain'
import type { AppMember, Apps, Member } from '../../wails/model'
import css from './Progress.module.css'

interface Props {
  apps: Apps
  members: ReadonlyMap<string, Member>
}

/** True when something of that cluster isn't in the list. */
export function isLacking({ state, missing }: AppMember): boolean {
  return state !== 'read' || missing.length > 0
}

/** How far the reading is, or what it could not read; it opens to the clusters one by one. */
export function Progress({ apps, members }: Props) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const told = apps.members
  const lacking = told.filter(isLacking)
  if (lacking.length === 0) return null
  const done = told.filter((m) => m.state === 'read' || m.state === 'failed').length
  const shown = apps.reading ? told : lacking
  return (
    <div className={css.box} data-reading={apps.reading}>
      <button
        type="button"
        className={css.button}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {apps.reading ? <InProgressIcon /> : <ExclamationTriangleIcon />}
        <span>
          {apps.reading
            ? `Reading: ${done} of ${told.length} clusters done`
            : `Partial: ${lacking.length} of ${told.length} clusters could not be read in full`}
        </span>
        {open ? <AngleUpIcon /> : <AngleDownIcon />}
      </button>
      {apps.reading && (
        <progress className={css.bar} aria-label="Clusters read" max={told.length} value={done}>
          {done} of {told.length}
        </progress>
      )}
      <ul id={id} hidden={!open} className={css.list}>
        {shown.map((one) => (
          <li key={one.id}>
            <Lacking one={one} name={members.get(one.id)?.name ?? one.id} />
          </li>
        ))}
      </ul>
    </div>
  )
}

const WORDS: Record<string, string> = {
  waiting: 'waits to be connected.',
  reading: 'is being read.',
  read: 'was read.',
  failed: 'could not be read.',
}

/** How the reading of one cluster stands, and what is missing of it. */
export function Lacking({ one: { state, missing }, name }: { one: AppMember; name: string }) {
  const words = state === 'read' && missing.length > 0 ? 'was read in part.' : (WORDS[state] ?? '')
  return (
    <>
      <strong>
        <Plain>{name}</Plain>
      </strong>{' '}
      {words}
      {missing.length > 0 && (
        <>
          {' '}
          <Plain>{missing.join(' ')}</Plain>
        </>
      )}
    </>
  )
}
