import { Button } from '@patternfly/react-core'
import { type ReactNode, useCallback } from 'react'
import { assertNever } from '../../lib/assertNever'
import { relative } from '../../lib/time'
import { Age } from '../../ui/Age'
import { useClock } from '../../ui/clock'
import { StateBadge } from '../../ui/StateBadge'
import type { Member } from '../../wails/model'
import { type ActionContext, runAction } from './actions'
import css from './Details.module.css'

/** The state in words, since when, what comes next, and the one action that helps. */
export function Standing({ member: m, context }: { member: Member; context: ActionContext }) {
  const next = useClock(
    useCallback((now: number) => (m.nextTry > now ? `Tries again ${relative(m.nextTry, now)}.` : ''), [m.nextTry]),
  )
  const help = helper(m, context)
  return (
    <section className={css.box} aria-label="State">
      <p className={css.state}>
        <StateBadge state={m.state} /> <Age at={m.since} none="" />
      </p>
      {m.cause !== '' && <p>{m.cause}</p>}
      {next !== '' && <p className={css.subtle}>{next}</p>}
      {help && <div>{help}</div>}
    </section>
  )
}

function helper(m: Member, context: ActionContext): ReactNode {
  switch (m.state) {
    case 'needsCredentials':
      // A proposed endpoint asks its own question below; credentials are not what is missing then.
      return m.proposed ? null : <Help title="Give credentials" run={() => context.giveCredentials(m)} />
    case 'needsLogin':
      return <Help title="Give new credentials" run={() => context.giveCredentials(m)} />
    case 'denied':
      return <Help title="Replace credentials" run={() => context.giveCredentials(m)} />
    case 'unreachable':
      return <Help title="Try now" run={() => runAction('retry', context)} />
    case 'off':
      return <Help title="Switch on" run={() => runAction('on', context)} />
    case 'connecting':
    case 'ready':
      return null
    default:
      return assertNever(m.state)
  }
}

function Help({ title, run }: { title: string; run: () => void }) {
  return (
    <Button variant="primary" size="sm" onClick={run}>
      {title}
    </Button>
  )
}
