import { usePrograms, useSession } from '../../wails/context'
import type { Candidate, Program, SignIn, Subject } from '../../wails/model'
import { subjectKey } from '../../wails/stores/programs'
import type { Loaded } from '../../wails/stores/resource'
import { isSignedIn } from '../signin/words'

/** A session that candidates sign in with; one sign-in serves them all. */
export interface SessionNeed {
  signIn: SignIn
  subject: Subject
  /** The one candidate that it is about: the session is there, and its server may not see the token yet. */
  only?: number
}

/** A program that a candidate wants run. */
export interface ProgramNeed {
  candidate: Candidate
  subject: Subject
  state: Loaded<Program>
}

/** What the person has to do before the picked candidates can be tested. */
export interface Access {
  sessions: SessionNeed[]
  programs: ProgramNeed[]
  needed: boolean
  /** How many of them are not in order yet. */
  open: number
}

export function useAccess(ticket: string, picked: readonly Candidate[]): Access {
  const signIns = useSession((s) => s.signIns)
  const runs = picked.filter((c) => c.authKind === 'exec' && !c.converted)
  const subjectOf = (c: Candidate): Subject => ({ memberID: '', ticket, index: c.index })
  const resources = usePrograms(runs.map(subjectOf))

  const keys = new Set(picked.map((c) => c.signIn).filter(Boolean))
  const sessions = [...keys].flatMap((key): SessionNeed[] => {
    const users = picked.filter((c) => c.signIn === key)
    const waiting = users.filter((c) => !c.given)
    const first = waiting[0] ?? users[0]
    if (first === undefined) return []
    const known = signIns.find((s) => s.key === key)
    if (known === undefined || !isSignedIn(known) || waiting.length === 0) {
      return [{ signIn: known ?? unbegun(key, users), subject: subjectOf(first) }]
    }
    return waiting.map((c) => ({ signIn: ungiven(known, c), subject: subjectOf(c), only: c.index }))
  })
  const programs = runs.map((candidate): ProgramNeed => {
    const subject = subjectOf(candidate)
    const state = resources.get(subjectKey(subject))?.store.getState() ?? { status: 'loading' }
    return { candidate, subject, state }
  })
  const open = sessions.filter((s) => !isSignedIn(s.signIn)).length + programs.filter((p) => !isAllowed(p.state)).length
  return { sessions, programs, needed: sessions.length + programs.length > 0, open }
}

/** True when nothing more is needed for this one of the picked. */
export function isSettled({ sessions, programs }: Access, c: Candidate): boolean {
  const mine = sessions.filter(({ signIn, only }) => signIn.key === c.signIn && (only ?? c.index) === c.index)
  const program = programs.find(({ candidate }) => candidate.index === c.index)
  return mine.every(({ signIn }) => isSignedIn(signIn)) && (!program || isAllowed(program.state))
}

export function isAllowed(state: Loaded<Program>): boolean {
  return state.status === 'ready' && state.value.allowed
}

export function accessHeading({ sessions, programs }: Access): string {
  if (programs.length === 0) return 'Sign in'
  return sessions.length === 0 ? 'May they run these programs?' : 'Sign in, and allow what they run'
}

/** A session that is there, for a cluster whose server may not see its token yet. */
function ungiven(known: SignIn, c: Candidate): SignIn {
  const why = `You are signed in${known.who ? ` as ${known.who}` : ''}. Sign in for ${c.context} too: its server, ${c.server}, then gets your token.`
  return { ...known, state: 'needed', why, members: [c.context], memberIDs: [] }
}

/** A session that Go doesn't list yet, for nobody has begun it. */
function unbegun(key: string, users: readonly Candidate[]): SignIn {
  const members = users.map((c) => c.context)
  return {
    key,
    issuer: '',
    title: users[0]?.native || (members.length === 1 ? (members[0] ?? '') : `${members.length} contexts`),
    connector: '',
    state: 'needed',
    why: '',
    who: '',
    expiresAt: 0,
    members,
    memberIDs: [],
    url: '',
    code: null,
    device: false,
    browser: true,
    plain: false,
  }
}
