import { Skeleton } from '@patternfly/react-core'
import { type ReactNode, useId } from 'react'
import { visible } from '../../lib/visible'
import type { Member } from '../../wails/model'
import css from './Card.module.css'
import { Completeness } from './Completeness'
import { nothing, STANDS, type Whole } from './whole'

interface Props {
  title: string
  /** How complete it is; null for what doesn't come from tables. */
  whole?: Whole
  members: ReadonlyMap<string, Member>
  /** What stands at the title's end: the sum, as a link to all rows. */
  sum?: ReactNode
  children: ReactNode
}

/** One part of the overview, with how complete it is. */
export function Card({ title, whole, members, sum, children }: Props) {
  const id = useId()
  return (
    <section className={css.card} aria-labelledby={id}>
      <header className={css.head}>
        <h2 id={id} className={css.title}>
          {title}
        </h2>
        {sum}
        {whole && <Completeness title={title} whole={whole} members={members} />}
      </header>
      {children}
    </section>
  )
}

interface NoneProps {
  /** What would be counted: "nodes". */
  what: string
  whole: Whole
  members: ReadonlyMap<string, Member>
  /** What to say when everything was seen and there is nothing. */
  children: ReactNode
}

/** In the place of numbers when there is nothing to count: why. */
export function Nothing({ what, whole, members, children }: NoneProps) {
  switch (nothing(whole)) {
    case 'reading':
      return <Skeleton height="4.5rem" screenreaderText={`Reading ${what}`} />
    case 'waiting':
      return <p className={css.quiet}>No cluster is connected yet.</p>
    case 'unseen':
      return (
        <p className={css.quiet}>
          None can be seen: {whole.lacking.slice(0, 3).map(reason(members)).join('; ')}
          {whole.lacking.length > 3 ? `; and ${whole.lacking.length - 3} more clusters.` : '.'}
        </p>
      )
    case 'none':
      return <p className={css.quiet}>{children}</p>
  }
}

function reason(members: ReadonlyMap<string, Member>) {
  return ({ id, state }: Whole['lacking'][number]) => `${visible(members.get(id)?.name ?? id)} ${STANDS[state]}`
}
