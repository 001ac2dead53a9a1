import ExclamationTriangleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon'
import InProgressIcon from '@patternfly/react-icons/dist/esm/icons/in-progress-icon'
import type { Kind } from '../../wails/model'
import type { TableHead } from '../../wails/stores/table'
import css from './Explore.module.css'
import { isLacking } from './standing'

interface Props {
  kind: Kind
  name: string
  head: TableHead | null
  busy: boolean
  filtering: boolean
}

/** The kind, and how many rows of how many show. What is not whole says so. */
export function Heading({ kind, name, head, busy, filtering }: Props) {
  return (
    <header className={css.head}>
      <h1 className={css.title}>{name}</h1>
      {kind.group !== '' && <span className={css.group}>{kind.group}</span>}
      {head && (
        <p className={css.count} data-busy={busy}>
          {counted(head, filtering)}
        </p>
      )}
      {head && <Whole head={head} />}
    </header>
  )
}

function counted({ matched, total }: TableHead, filtering: boolean): string {
  const rows = total === 1 ? 'row' : 'rows'
  return filtering
    ? `${matched.toLocaleString()} of ${total.toLocaleString()} ${rows}`
    : `${total.toLocaleString()} ${rows}`
}

function Whole({ head }: { head: TableHead }) {
  const lacking = head.members.filter(isLacking)
  if (lacking.length === 0) return null
  const reading = lacking.every((s) => s.state === 'listing')
  const n = lacking.length === 1 ? '1 cluster' : `${lacking.length} clusters`
  if (reading)
    return (
      <p className={css.partial}>
        <InProgressIcon className={css.busyIcon ?? ''} /> Partial: {n} still being read
      </p>
    )
  return (
    <p className={css.partial}>
      <ExclamationTriangleIcon className={css.warnIcon ?? ''} /> Partial: rows of {n} may be missing or old
    </p>
  )
}
