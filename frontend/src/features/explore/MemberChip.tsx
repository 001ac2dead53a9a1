import BanIcon from '@patternfly/react-icons/dist/esm/icons/ban-icon'
import CircleIcon from '@patternfly/react-icons/dist/esm/icons/circle-icon'
import DisconnectedIcon from '@patternfly/react-icons/dist/esm/icons/disconnected-icon'
import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon'
import EyeSlashIcon from '@patternfly/react-icons/dist/esm/icons/eye-slash-icon'
import InProgressIcon from '@patternfly/react-icons/dist/esm/icons/in-progress-icon'
import MinusCircleIcon from '@patternfly/react-icons/dist/esm/icons/minus-circle-icon'
import OutlinedClockIcon from '@patternfly/react-icons/dist/esm/icons/outlined-clock-icon'
import { type ComponentType, useRef, useState } from 'react'
import { visible } from '../../lib/visible'
import { ColorDot } from '../../ui/ColorDot'
import type { Kind, Member, TableMember, TableState } from '../../wails/model'
import css from './MemberChips.module.css'
import { MemberStanding } from './MemberStanding'
import { Popover } from './Popover'
import { STATE } from './standing'

const ICONS: Record<TableState, ComponentType> = {
  live: CircleIcon,
  listing: InProgressIcon,
  waiting: DisconnectedIcon,
  partial: EyeSlashIcon,
  full: EyeSlashIcon,
  stale: OutlinedClockIcon,
  denied: BanIcon,
  failed: ExclamationCircleIcon,
  missing: MinusCircleIcon,
}

interface Props {
  kind: Kind
  state: TableMember
  /** Undefined when the fleet doesn't know it any more. */
  member: Member | undefined
  on: boolean
  onToggle: () => void
  onRetry: () => void
}

/** One member: its name filters by it, its state says how far its rows can be trusted. */
export function MemberChip({ kind, state, member, on, onToggle, onRetry }: Props) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const name = member?.name ?? state.id
  const { words, trust } = STATE[state.state]
  const Icon = ICONS[state.state]
  const rows = state.rows.toLocaleString()
  const told = trust !== 'good' || state.state === 'missing'
  return (
    <li className={css.chip} data-trust={trust} data-state={state.state} data-on={on}>
      <button
        type="button"
        className={css.name}
        aria-pressed={on}
        aria-label={`Filter by ${name}: ${rows} ${state.rows === 1 ? 'row' : 'rows'}`}
        onClick={onToggle}
      >
        <ColorDot color={member?.color ?? ''} />
        <span className={css.text}>{visible(name)}</span>{' '}
        {(state.rows > 0 || !told) && <span className={css.rows}>{rows}</span>}
      </button>
      <button
        ref={button}
        type="button"
        className={css.state}
        aria-label={`${name} is ${words}: why`}
        aria-haspopup="dialog"
        aria-expanded={open}
        title={state.why === '' ? words : state.why}
        onClick={() => setOpen((was) => !was)}
      >
        <Icon />
        {told && <span>{words}</span>}
      </button>
      {open && button.current && (
        <Popover label={`${name} in this table`} anchor={button.current} onClose={() => setOpen(false)}>
          <MemberStanding kind={kind} state={state} name={name} on={on} onToggle={onToggle} onRetry={onRetry} />
        </Popover>
      )}
    </li>
  )
}
