import { Button } from '@patternfly/react-core'
import { useCallback } from 'react'
import { relative } from '../../lib/time'
import { Age } from '../../ui/Age'
import { useClock } from '../../ui/clock'
import { StateBadge } from '../../ui/StateBadge'
import type { Member } from '../../wails/model'
import { type ActionContext, runAction } from './actions'
import css from './Details.module.css'
import { helpOf, needWords } from './help'

/** The state in words, since when, what comes next, and the one action that helps. */
export function Standing({ member: m, context }: { member: Member; context: ActionContext }) {
  const next = useClock(
    useCallback((now: number) => (m.nextTry > now ? `Tries again ${relative(m.nextTry, now)}.` : ''), [m.nextTry]),
  )
  const help = helpOf(m)
  return (
    <section className={css.box} aria-label="State">
      <p className={css.state}>
        <StateBadge state={m.state} words={needWords(m)} /> <Age at={m.since} none="" />
      </p>
      {m.cause !== '' && <p>{m.cause}</p>}
      {next !== '' && <p className={css.subtle}>{next}</p>}
      {help && (
        <div>
          <Button variant="primary" size="sm" onClick={() => runAction(help.id, context)}>
            {help.title}
          </Button>
        </div>
      )}
    </section>
  )
}
