import { Button } from '@patternfly/react-core'
import BanIcon from '@patternfly/react-icons/dist/esm/icons/ban-icon'
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon'
import TableIcon from '@patternfly/react-icons/dist/esm/icons/table-icon'
import { visible } from '../../lib/visible'
import { EmptyView } from '../../ui/EmptyView'
import type { Member, TableMember } from '../../wails/model'
import type { TableHead } from '../../wails/stores/table'
import css from './Explore.module.css'
import { isLacking } from './standing'

interface Props {
  name: string
  head: TableHead
  members: ReadonlyMap<string, Member>
  filtering: boolean
  onClear: () => void
  onRetry: () => void
}

/** Why there is no row, and what to do about it. */
export function NoRows({ name, head, members, filtering, onClear, onRetry }: Props) {
  const { members: states, total } = head
  const serving = states.filter((s) => s.state !== 'missing')
  const lacking = serving.filter(isLacking)
  const of = (state: TableMember['state']) => serving.length > 0 && serving.every((s) => s.state === state)
  const why = <Reasons states={lacking} members={members} />
  if (filtering && total > 0)
    return (
      <EmptyView
        title={`No ${name} match`}
        icon={SearchIcon}
        actions={
          <Button variant="link" onClick={onClear}>
            Clear filters
          </Button>
        }
      >
        Change the search or the filters to see more.
      </EmptyView>
    )
  if (of('denied'))
    return (
      <EmptyView title={`You may not see ${name}`} icon={BanIcon} actions={<Retry onRetry={onRetry} />}>
        {why}
      </EmptyView>
    )
  if (lacking.some((s) => s.state === 'listing' || s.state === 'waiting'))
    return (
      <EmptyView title={`Reading ${name}`} icon={TableIcon}>
        {why}
      </EmptyView>
    )
  if (lacking.length > 0)
    return (
      <EmptyView title={`No ${name} to be seen`} icon={TableIcon} actions={<Retry onRetry={onRetry} />}>
        {why}
      </EmptyView>
    )
  return (
    <EmptyView title={`There are no ${name}`} icon={TableIcon}>
      No cluster of your view has any. When one comes, it shows here.
    </EmptyView>
  )
}

function Retry({ onRetry }: { onRetry: () => void }) {
  return (
    <Button variant="link" onClick={onRetry}>
      Try again
    </Button>
  )
}

const MOST = 6

function Reasons({ states, members }: { states: TableMember[]; members: ReadonlyMap<string, Member> }) {
  return (
    <ul className={css.reasons}>
      {states.slice(0, MOST).map(({ id, why }) => (
        <li key={id}>
          {visible(members.get(id)?.name ?? id)}: {visible(why)}
        </li>
      ))}
      {states.length > MOST && <li>and {states.length - MOST} more</li>}
    </ul>
  )
}
