import ExclamationTriangleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon'
import InProgressIcon from '@patternfly/react-icons/dist/esm/icons/in-progress-icon'
import { useId, useState } from 'react'
import { Age } from '../../ui/Age'
import { Plain } from '../../ui/Plain'
import type { Member, TableMember } from '../../wails/model'
import css from './Card.module.css'
import { STANDS, type Whole } from './whole'

interface Props {
  /** Of the part that it is about. */
  title: string
  whole: Whole
  members: ReadonlyMap<string, Member>
}

/** Says how many clusters are counted in full when that isn't all of them; it opens to the others and why. */
export function Completeness({ title, whole, members }: Props) {
  const id = useId()
  const [open, setOpen] = useState(false)
  if (whole.lacking.length === 0) return null
  const reading = whole.lacking.every((m) => m.state === 'listing')
  const words = `${whole.full} of ${whole.members} clusters`
  return (
    <>
      <button
        type="button"
        className={css.part}
        data-reading={reading}
        aria-label={`${title}: ${words} are counted in full. Why?`}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {reading ? <InProgressIcon /> : <ExclamationTriangleIcon />} {words}
      </button>
      <ul id={id} hidden={!open} className={css.lacking}>
        {whole.lacking.map((one) => (
          <li key={one.id}>
            <Lacking one={one} name={members.get(one.id)?.name ?? one.id} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Lacking({ one: { state, fresh, why, hidden }, name }: { one: TableMember; name: string }) {
  const aged = fresh > 0 && state !== 'partial' && state !== 'full'
  return (
    <>
      <strong>
        <Plain>{name}</Plain>
      </strong>{' '}
      {STANDS[state]}
      {aged && (
        <>
          {' '}
          (counted as it was <Age at={fresh} />)
        </>
      )}
      . {why !== '' && <Plain>{why}</Plain>}
      {hidden.length > 0 && (
        <>
          {' '}
          Not seen: <Plain>{hidden.join(', ')}</Plain>.
        </>
      )}
    </>
  )
}
