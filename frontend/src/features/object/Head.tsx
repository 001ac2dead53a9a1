import { Button } from '@patternfly/react-core'
import ArrowLeftIcon from '@patternfly/react-icons/dist/esm/icons/arrow-left-icon'
import EllipsisVIcon from '@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon'
import SyncAltIcon from '@patternfly/react-icons/dist/esm/icons/sync-alt-icon'
import TimesIcon from '@patternfly/react-icons/dist/esm/icons/times-icon'
import type { ReactNode, RefObject } from 'react'
import type { MenuItem } from '../../ui/ActionMenu'
import { Age } from '../../ui/Age'
import { ColorDot } from '../../ui/ColorDot'
import { MenuButton } from '../../ui/MenuButton'
import { Plain } from '../../ui/Plain'
import { Toned } from '../../ui/Toned'
import type { Member, ObjectRef, Object as Thing } from '../../wails/model'
import { GuardMark } from './GuardMark'
import css from './Head.module.css'
import { placeName } from './refs'

interface Props {
  of: ObjectRef
  /** null while it is read. */
  thing: Thing | null
  member: Member | undefined
  /** Where back leads; undefined is nowhere. */
  before: ObjectRef | undefined
  heading: RefObject<HTMLHeadingElement | null>
  busy: boolean
  items: () => MenuItem[]
  children?: ReactNode
  onBack: () => void
  onRefresh: () => void
  onClose: () => void
}

/** What the drawer shows, how it stands, and what can be done with it. */
export function Head({ of, thing, member, before, heading, busy, items, children, ...ways }: Props) {
  return (
    <header className={css.head}>
      <div className={css.line}>
        {before && (
          <Button
            variant="plain"
            size="sm"
            aria-label={`Back to ${placeName(before)}`}
            icon={<ArrowLeftIcon />}
            onClick={ways.onBack}
          />
        )}
        <div className={css.names}>
          <p className={css.kind}>{thing?.kind ?? '\u00a0'}</p>
          <h2 ref={heading} tabIndex={-1} className={css.title}>
            <Plain>{of.name}</Plain>
          </h2>
        </div>
        {children}
        <MenuButton label={`Actions for ${of.name}`} variant="plain" icon={<EllipsisVIcon />} items={items} />
        <Button
          variant="plain"
          aria-label="Refresh"
          title="Refresh"
          icon={<SyncAltIcon />}
          isDisabled={busy}
          onClick={ways.onRefresh}
        />
        <Button variant="plain" aria-label={`Close: ${of.name}`} icon={<TimesIcon />} onClick={ways.onClose} />
      </div>
      <p className={css.facts}>
        {member && (
          <span className={css.member}>
            <ColorDot color={member.color} /> {member.name}
          </span>
        )}
        {of.namespace && (
          <span>
            <span className="visually-hidden">Namespace </span>
            <Plain>{of.namespace}</Plain>
          </span>
        )}
        {thing?.status && <Toned tone={thing.tone}>{thing.status}</Toned>}
        {thing && thing.deleting > 0 && (
          <span>
            being deleted since <Age at={thing.deleting} />
          </span>
        )}
        {thing && thing.created > 0 && (
          <span className={css.subtle}>
            created <Age at={thing.created} />
          </span>
        )}
        {member && <GuardMark member={member} />}
      </p>
    </header>
  )
}
