import { Button } from '@patternfly/react-core'
import ExclamationTriangleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon'
import { type ReactNode, useCallback } from 'react'
import { exact, relative } from '../../lib/time'
import { Age } from '../../ui/Age'
import { ColorDot } from '../../ui/ColorDot'
import { useClock } from '../../ui/clock'
import { DistributionMark } from '../../ui/DistributionMark'
import { LabelChips } from '../../ui/LabelChips'
import { lateTitle } from '../../ui/lateTitle'
import { StateBadge } from '../../ui/StateBadge'
import type { Member } from '../../wails/model'
import css from './cells.module.css'
import type { ColumnID } from './columns'
import { soonest, urgency } from './expiry'
import { needWords, rowHelp } from './help'

/** What a column shows of a member; `labelled` says that the labels have a column of their own, `onHelp` does what helps. */
export function cell(id: ColumnID, m: Member, labelled: boolean, onHelp: (id: string) => void): ReactNode {
  switch (id) {
    case 'name':
      return <NameCell member={m} labelled={labelled} />
    case 'state':
      return <StateCell member={m} onHelp={onHelp} />
    case 'distribution':
      return <DistributionMark id={m.distribution} />
    case 'version':
      return m.version === '' ? <None /> : <Cut text={m.version} />
    case 't4k':
      return <T4K member={m} />
    case 'identity':
      return <Identity name={m.identity} verified={m.identityVerified} />
    case 'latency':
      return m.latencyMS < 0 ? <None /> : <span className={css.number}>{m.latencyMS} ms</span>
    case 'expires':
      return <Expires member={m} />
    case 'auth':
      return authWords(m.authKind)
    case 'server':
      return <Cut text={m.server} />
    case 'region':
      return m.region === '' ? <None /> : <Cut text={m.region} />
    case 'group':
      return m.group === '' ? <None /> : <Cut text={m.group} />
    case 'labels':
      return <LabelChips labels={m.labels} most={3} />
  }
}

function NameCell({ member: m, labelled }: { member: Member; labelled: boolean }) {
  const second = !labelled && Object.keys(m.labels).length > 0
  return (
    <div className={css.name}>
      <ColorDot color={m.color} />
      <div className={css.lines}>
        <span className={css.first}>
          <span className={css.title} title={m.name}>
            {m.name}
          </span>
          {m.primary && <span className={css.primary}>Primary</span>}
          {m.guard !== '' && <GuardMark member={m} />}
        </span>
        {second && (
          <span className={css.second}>
            <LabelChips labels={m.labels} most={2} />
          </span>
        )}
      </div>
    </div>
  )
}

/** How a member is guarded against changes. */
function GuardMark({ member: m }: { member: Member }) {
  const open = useClock(useCallback((now: number) => m.unlockedUntil > now, [m.unlockedUntil]))
  if (m.guard === 'readOnly') return <span className={css.guard}>Read-only</span>
  return (
    <span className={css.guard} data-open={open}>
      {open ? 'Unlocked' : 'Protected'}
    </span>
  )
}

function StateCell({ member: m, onHelp }: { member: Member; onHelp: (id: string) => void }) {
  const help = rowHelp(m)
  const next = useClock(useCallback((now: number) => (m.nextTry > now ? relative(m.nextTry, now) : ''), [m.nextTry]))
  const cause = next === '' ? m.cause : `${m.cause} Next try ${next}.`
  const standing = (
    <div className={css.lines}>
      <span className={css.first}>
        <StateBadge state={m.state} words={needWords(m)} />
        {help === null && (
          <span className={css.age}>
            <Age at={m.since} none="" />
          </span>
        )}
      </span>
      {cause !== '' && (
        <span className={css.cause} title={cause}>
          {cause}
        </span>
      )}
    </div>
  )
  if (help === null) return standing
  return (
    <div className={css.helped}>
      {standing}
      <Button
        variant="secondary"
        size="sm"
        tabIndex={-1}
        aria-label={`${help.title}: ${m.name}`}
        onClick={() => onHelp(help.id)}
      >
        {SHORT[help.id]}
      </Button>
    </div>
  )
}

const SHORT: Record<string, string> = { signIn: 'Sign in', approve: 'Allow', run: 'Run' }

/** T4K's version, or why there is none. */
export function T4K({ member: m }: { member: Member }) {
  if (m.t4kState === 'installed') return m.t4kVersion === '' ? 'Installed' : <Cut text={m.t4kVersion} />
  if (m.t4kState === 'notInstalled') return <span className={css.none}>Not installed</span>
  return m.t4kState === 'notVisible' ? <span className={css.none}>Not visible</span> : <None />
}

/** Who the cluster says one is; unverified when only the credential says so. */
export function Identity({ name, verified }: { name: string; verified: boolean }) {
  if (name === '') return <None />
  if (verified) return <Cut text={name} />
  return (
    <span className={css.unverified}>
      <Cut text={name} />
      <span className={css.mark} title="Read from the credential; the cluster has not confirmed it">
        unverified
      </span>
    </span>
  )
}

function Expires({ member }: { member: Member }) {
  const first = soonest(member)
  return first ? <ExpiryText at={first.at} what={first.what} /> : <None />
}

/** When something expires; louder the sooner it does. */
export function ExpiryText({ at, what }: { at: number; what: string }) {
  const how = useClock(useCallback((now: number) => urgency(at, now), [at]))
  const words = useClock(useCallback((now: number) => (at <= now ? 'Expired' : relative(at, now)), [at]))
  return (
    <time
      className={css.expiry}
      data-urgency={how}
      dateTime={new Date(at).toISOString()}
      {...lateTitle(() => `The ${what}: ${exact(at)}`)}
    >
      {how !== 'none' && <ExclamationTriangleIcon aria-hidden="true" />}
      {words}
    </time>
  )
}

function Cut({ text }: { text: string }) {
  return (
    <span className={css.cut} title={text}>
      {text}
    </span>
  )
}

function None() {
  return (
    <span className={css.none}>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">Unknown</span>
    </span>
  )
}

const AUTH: Record<string, string> = {
  clientCertificate: 'Client certificate',
  token: 'Token',
  tokenFile: 'Token file',
  basic: 'Password',
  exec: 'Program',
  authProvider: 'Auth provider',
  signIn: 'Sign-in',
  none: 'None',
}

/** How a member authenticates, in words. */
export function authWords(kind: string): string {
  return AUTH[kind] ?? kind
}
