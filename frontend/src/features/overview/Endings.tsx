import { useCallback } from 'react'
import { DAY } from '../../lib/time'
import { visible } from '../../lib/visible'
import { Age } from '../../ui/Age'
import { ColorDot } from '../../ui/ColorDot'
import { useClock } from '../../ui/clock'
import { Toned } from '../../ui/Toned'
import type { Expiry, Member, Tone } from '../../wails/model'
import { Card } from './Card'
import css from './Lists.module.css'

interface Props {
  endings: readonly Expiry[]
  members: ReadonlyMap<string, Member>
  onMember: (id: string) => void
}

/** Certificates and credentials that end within 30 days, or have ended. */
export function Endings({ endings, members, onMember }: Props) {
  return (
    <Card title="Ending soon" members={members}>
      {endings.length === 0 ? (
        <p className={css.quiet}>No certificate or credential ends within 30 days.</p>
      ) : (
        <ul className={css.list}>
          {endings.map((e) => (
            <li key={`${e.member}/${e.what}`}>
              <One ending={e} member={members.get(e.member)} onMember={onMember} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function One({ ending, member, onMember }: { ending: Expiry; member: Member | undefined } & Pick<Props, 'onMember'>) {
  const { at, what } = ending
  const tone = useClock(useCallback((now: number): Tone => pressing(at - now), [at]))
  const name = member?.name ?? ending.member
  return (
    <button type="button" className={css.row} onClick={() => onMember(ending.member)}>
      <span className={css.ending}>
        <Toned tone={tone}>{what}</Toned>{' '}
        <span className={css.where}>
          <ColorDot color={member?.color ?? ''} />
          <span>{visible(name)}</span>
        </span>
      </span>{' '}
      <span className={css.when}>
        {tone === 'bad' && at <= Date.now() ? 'ended ' : 'ends '}
        <Age at={at} />
      </span>
    </button>
  )
}

function pressing(left: number): Tone {
  if (left <= 0) return 'bad'
  return left < 7 * DAY ? 'warning' : 'none'
}
