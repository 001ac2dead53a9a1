import type { Backend } from '../wails/backend'
import type { Doorbell, Event, Failure, Fleet, Import, Member, Session, SignIn, Subject } from '../wails/model'
import { fakeApps } from './fakeApps'
import { fakeGuards } from './fakeGuards'
import type { FakeHost } from './fakeHost'
import { fakeLogs } from './fakeLogs'
import { FakeLookups } from './fakeLookups'
import { fakeObjects } from './fakeObjects'
import { fakePane } from './fakePane'
import { FakePrograms } from './fakePrograms'
import { begun, cancelled, changed, signedOut } from './fakeSignIns'
import { fleetOf, member } from './fleetFixtures'
import { checksFor, richImport } from './importFixture'
import { session as sessionFixture } from './sessionFixtures'

export interface Options {
  session?: Session
  fleet?: Fleet
  imports?: Import[]
  /** How long a command takes, ms; also the pace of logins and tests. */
  delay?: number
}

/**
 * A Backend in memory, for tests and for `vite` with ?fake: commands change its state and ring like Go does. Tests look at
 * calls, make the next call of a method fail with fail(), and change what Go would change with changeSession/changeFleet.
 */
export class FakeBackend implements Backend {
  calls: { method: string; args: unknown[] }[] = []
  now: { session: Session; fleet: Fleet; imports: Map<string, Import> }
  private rings = new Map<Event, Set<(bell: Doorbell) => void>>()
  private failures = new Map<string, Failure>()
  private delay: number
  private tickets = 0
  private removed: Member[] | null = null
  lookups: FakeLookups
  programs: FakePrograms

  constructor(options: Options = {}) {
    this.delay = options.delay ?? 0
    const hostOf = (event: Event) => ({
      delay: this.delay,
      pause: (ms: number) => this.pause(ms),
      ring: (key: string, seq: number) => this.ring(event, { seq, key }),
    })
    this.lookups = new FakeLookups(hostOf('lookup'))
    this.programs = new FakePrograms(hostOf('program'))
    this.now = {
      session: options.session ?? sessionFixture(),
      fleet: options.fleet ?? fleetOf([member('m1', 'harbour', { primary: true })]),
      imports: new Map((options.imports ?? []).map((i) => [i.ticket, i])),
    }
  }

  /** Makes the next call of that method reject. */
  fail(method: string, failure: Partial<Failure> = {}): void {
    this.failures.set(method, { code: 'internal', message: 'It broke.', hint: 'Try again.', ...failure })
  }

  /** The arguments of the calls of one method. */
  called(method: string): unknown[][] {
    return this.calls.filter((c) => c.method === method).map((c) => c.args)
  }

  changeSession(change: Partial<Session>): void {
    this.now.session = { ...this.now.session, ...change, seq: this.now.session.seq + 1 }
    this.ring('session', { seq: this.now.session.seq })
  }

  changeFleet(change: (members: Member[]) => Member[]): void {
    this.now.fleet = { ...this.now.fleet, members: change(this.now.fleet.members), seq: this.now.fleet.seq + 1 }
    this.ring('fleet', { seq: this.now.fleet.seq })
  }

  changeImport(ticket: string, change: Partial<Import>): void {
    const old = this.now.imports.get(ticket)
    if (!old) return
    const next = { ...old, ...change, seq: old.seq + 1 }
    this.now.imports.set(ticket, next)
    this.ring('import', { seq: next.seq, key: ticket })
  }

  /** What the identity provider or the person in the browser does. */
  changeSignIn(key: string, change: Partial<SignIn>): void {
    this.changeSession({ signIns: changed(this.now.session.signIns, key, change) })
  }

  /** What a drop on the window does. */
  open(): string {
    const ticket = this.newTicket()
    this.ring('import', { seq: 1, key: ticket, open: true })
    return ticket
  }

  on(event: Event, ring: (bell: Doorbell) => void): () => void {
    const set = this.rings.get(event) ?? new Set()
    this.rings.set(event, set.add(ring))
    return () => set.delete(ring)
  }

  private ring(event: Event, bell: Doorbell): void {
    for (const ring of this.rings.get(event) ?? []) ring(bell)
  }

  private async run<T>(method: string, args: unknown[], result: () => T): Promise<T> {
    this.calls.push({ method, args })
    if (this.delay > 0) await this.pause(this.delay)
    const failure = this.failures.get(method)
    if (failure) {
      this.failures.delete(method)
      throw failure
    }
    return result()
  }

  private pause(ms: number): Promise<void> {
    return new Promise((done) => setTimeout(done, ms))
  }

  private newTicket(): string {
    this.tickets++
    const ticket = `ticket-${this.tickets}`
    this.now.imports.set(ticket, richImport(ticket))
    return ticket
  }

  private changeMembers(ids: string[], change: (m: Member) => Partial<Member>): void {
    this.changeFleet((all) => all.map((m) => (ids.includes(m.id) ? { ...m, ...change(m), since: Date.now() } : m)))
  }

  private host: FakeHost = {
    run: (method, args, result) => this.run(method, args, result),
    ring: (event, bell) => this.ring(event, bell),
    members: () => this.now.fleet.members,
    changeMember: (id, change) => this.changeMembers([id], () => change),
  }
  pane = fakePane(this.host)
  objects = fakeObjects(this.host)
  logs = fakeLogs(this.host)
  apps = fakeApps(this.host)
  guards = fakeGuards(this.host)

  first = () => null
  painted = () => this.run('painted', [], () => undefined)
  session = () => this.run('session', [], () => this.now.session)
  fleet = () => this.run('fleet', [], () => this.now.fleet)
  import = (ticket: string) =>
    this.run('import', [ticket], () => {
      const found = this.now.imports.get(ticket)
      if (!found) throw { code: 'notFound', message: 'That import has ended.', hint: 'Choose the files again.' }
      return found
    })
  memberDiagnostics = (id: string) =>
    this.run('memberDiagnostics', [id], () => {
      const m = this.now.fleet.members.find((one) => one.id === id)
      return `member ${m?.name ?? id}\nstate ${m?.state ?? 'unknown'}\nserver ${m?.server ?? ''}\nGET /version 200 in 24 ms\nauthorization [redacted]`
    })

  pickFiles = () => this.run('pickFiles', [], () => this.newTicket())
  pickFolder = () => this.run('pickFolder', [], () => this.newTicket())
  importDefaults = () => this.run('importDefaults', [], () => this.newTicket())
  importText = (text: string) => this.run('importText', [text], () => this.newTicket())
  cancelImport = (ticket: string) => this.run('cancelImport', [ticket], () => void this.now.imports.delete(ticket))
  testCandidates = (ticket: string, indexes: number[]) =>
    this.run('testCandidates', [ticket, indexes], () => void this.test(ticket, indexes))

  private async test(ticket: string, indexes: number[]): Promise<void> {
    const steps = this.delay > 0 ? [1, 2, 3, 4, 5, 6] : [6]
    this.changeImport(ticket, { testing: true })
    for (const step of steps) {
      if (this.delay > 0) await this.pause(this.delay * 2)
      const candidates = (this.now.imports.get(ticket)?.candidates ?? []).map((c) => {
        if (!indexes.includes(c.index)) return c
        const all = checksFor(c.context)
        const checks = all.slice(0, step)
        const next = all[step]
        if (next) checks.push({ ...next, state: 'running', detail: '', ms: 0 })
        return { ...c, checks, tested: step === 6, passed: step === 6 && all.every((one) => one.state !== 'failed') }
      })
      this.changeImport(ticket, { candidates, testing: step !== 6 })
    }
  }

  convertCandidate = (ticket: string, index: number, native: boolean) =>
    this.run('convertCandidate', [ticket, index, native], () =>
      this.changeImport(ticket, {
        candidates: (this.now.imports.get(ticket)?.candidates ?? []).map((c) =>
          c.index === index
            ? { ...c, converted: native, authKind: native ? 'signIn' : 'exec', signIn: native ? 's9' : '', flags: [] }
            : c,
        ),
      }),
    )

  lookUp = (address: string) => this.run('lookUp', [address], () => this.lookups.begin(address))
  lookup = (ticket: string) => this.run('lookup', [ticket], () => this.lookups.get(ticket))
  lookUpIssuer: Backend['lookUpIssuer'] = (ticket, asked) =>
    this.run('lookUpIssuer', [ticket, asked], () => this.lookups.issuer(ticket, asked))
  useWay: Backend['useWay'] = (ticket, asked) =>
    this.run('useWay', [ticket, asked], () => {
      const next = this.newTicket()
      this.now.imports.set(next, this.lookups.use(ticket, asked, next))
      return next
    })
  cancelLookup = (ticket: string) => this.run('cancelLookup', [ticket], () => this.lookups.drop(ticket))

  startSignIn: Backend['startSignIn'] = (subject, choice) =>
    this.run('startSignIn', [subject, choice], () => this.changeSignIn(this.sessionOf(subject), begun(choice)))
  cancelSignIn = (key: string) => this.run('cancelSignIn', [key], () => this.changeSignIn(key, cancelled))
  signOut = (key: string) => this.run('signOut', [key], () => this.changeSignIn(key, signedOut))

  private sessionOf({ memberID, ticket, index }: Subject): string {
    const one = this.now.fleet.members.find((m) => m.id === memberID)
    const other = this.now.imports.get(ticket)?.candidates.find((c) => c.index === index)
    return one?.signIn || other?.signIn || 's9'
  }

  program = (subject: Subject) => this.run('program', [subject], () => this.programs.get(subject))
  allowProgram = (subject: Subject, id: string) =>
    this.run('allowProgram', [subject, id], () => this.programs.change(subject, { allowed: true, changed: [] }))
  runProgram = (subject: Subject) => this.run('runProgram', [subject], () => void this.programs.run(subject))
  stopProgram = (subject: Subject) =>
    this.run('stopProgram', [subject], () => this.programs.change(subject, { running: false, problem: 'Stopped.' }))
  answerProgram = (subject: Subject, line: string) =>
    this.run('answerProgram', [subject, line], () => this.programs.answer(subject, line))
  allowedPrograms = () => this.run('allowedPrograms', [], () => this.programs.allowed)
  disallowProgram = (id: string) =>
    this.run('disallowProgram', [id], () => {
      this.programs.allowed = this.programs.allowed.filter((p) => p.id !== id)
    })

  logIn: Backend['logIn'] = (asked) => this.run('logIn', [asked], () => void this.connect('choose'))
  logInKnown = (viewID: string) => this.run('logInKnown', [viewID], () => void this.connect('ready'))

  private async connect(end: 'choose' | 'ready'): Promise<void> {
    this.changeSession({ phase: 'connecting', loginStep: 'Reaching the server' })
    if (this.delay > 0) await this.pause(this.delay * 5)
    if (this.now.session.phase !== 'connecting') return
    this.changeSession({ phase: end, loginStep: '', primary: sessionFixture().primary })
  }

  cancelLogin = () =>
    this.run('cancelLogin', [], () => this.changeSession({ phase: 'welcome', loginStep: '', primary: null }))
  logOut = (forgetSecrets: boolean) =>
    this.run('logOut', [forgetSecrets], () => this.changeSession({ phase: 'welcome', primary: null }))
  forgetPrimary = (viewID: string) =>
    this.run('forgetPrimary', [viewID], () =>
      this.changeSession({ known: this.now.session.known.filter((k) => k.viewID !== viewID) }),
    )
  makePrimary = (id: string) => this.run('makePrimary', [id], () => void this.connect('ready'))
  copyViewTo = (id: string) => this.run('copyViewTo', [id], () => undefined)
  seal: Backend['seal'] = (asked) =>
    this.run('seal', [asked], () => {
      const { seal } = this.now.session
      if (asked.action === 'choose')
        this.changeSession({ phase: 'ready', seal: { mode: asked.mode, carries: asked.carry, locked: false } })
      if (asked.action === 'unlock') this.changeSession({ phase: 'ready' })
      if (asked.action === 'mode') this.changeSession({ seal: { ...seal, mode: asked.mode } })
      if (asked.action === 'carry') this.changeSession({ seal: { ...seal, carries: asked.carry } })
    })
  saveIn = (namespace: string) =>
    this.run('saveIn', [namespace], () => {
      const { primary } = this.now.session
      if (primary)
        this.changeSession({ primary: { ...primary, location: `${namespace}/binnacle-view-0123456789abcdef` } })
    })
  syncNow = () =>
    this.run('syncNow', [], () => this.changeSession({ sync: { ...this.now.session.sync, since: Date.now() } }))
  settle = (id: string, keep: 'mine' | 'theirs') =>
    this.run('settle', [id, keep], () => {
      const { sync } = this.now.session
      const left = sync.conflicts.filter((c) => c.id !== id)
      this.changeSession({ sync: { ...sync, conflicts: left, state: left.length > 0 ? 'conflict' : 'synced' } })
    })
  answer = (questionID: string, choiceID: string) =>
    this.run('answer', [questionID, choiceID], () =>
      this.changeSession({ sync: { ...this.now.session.sync, question: null, state: 'synced', since: Date.now() } }),
    )

  addMembers: Backend['addMembers'] = (asked) =>
    this.run('addMembers', [asked], () =>
      this.changeFleet((all) => [
        ...all,
        ...asked.picks.map((p) =>
          member(`n${all.length}-${p.index}`, p.name, { color: p.color, group: p.group, labels: p.labels }),
        ),
      ]),
    )
  editMember: Backend['editMember'] = (edit) =>
    this.run('editMember', [edit], () =>
      this.changeMembers([edit.id], (m) => ({
        name: edit.name ?? m.name,
        color: edit.color ?? m.color,
        group: edit.group ?? m.group,
        labels: edit.labels ?? m.labels,
        distribution: edit.distribution ?? m.distribution,
      })),
    )
  moveMember = (id: string, beforeID: string) =>
    this.run('moveMember', [id, beforeID], () =>
      this.changeFleet((all) => {
        const moved = all.filter((m) => m.id === id)
        const rest = all.filter((m) => m.id !== id)
        const at = beforeID === '' ? rest.length : rest.findIndex((m) => m.id === beforeID)
        return [...rest.slice(0, at), ...moved, ...rest.slice(at)]
      }),
    )
  replaceCredentials = (id: string, ticket: string, index: number) =>
    this.run('replaceCredentials', [id, ticket, index], () =>
      this.changeMembers([id], () => ({ state: 'connecting', cause: '' })),
    )
  settleProposed = (id: string, accept: boolean) =>
    this.run('settleProposed', [id, accept], () =>
      this.changeMembers([id], (m) => ({
        proposed: null,
        state: 'connecting',
        cause: '',
        ...(accept ? m.proposed : {}),
      })),
    )
  switchMembers = (ids: string[], off: boolean) =>
    this.run('switchMembers', [ids, off], () =>
      this.changeMembers(ids, () => ({ state: off ? 'off' : 'connecting', cause: '' })),
    )
  removeMembers = (ids: string[], forgetSecrets: boolean) =>
    this.run('removeMembers', [ids, forgetSecrets], () => {
      const gone = this.now.fleet.members.filter((m) => ids.includes(m.id))
      this.removed = this.now.fleet.members
      this.changeFleet((all) => all.filter((m) => !ids.includes(m.id)))
      const what = gone.length === 1 ? (gone[0]?.name ?? '') : `${gone.length} clusters`
      this.changeSession({ undo: { id: 'u1', text: `Removed ${what} from your view.`, until: Date.now() + 10_000 } })
    })
  forgetCredentials = (ids: string[]) =>
    this.run('forgetCredentials', [ids], () => {
      this.removed = this.now.fleet.members
      this.changeMembers(ids, () => ({ state: 'needsCredentials', cause: 'The credentials were forgotten.' }))
      this.changeSession({
        undo: { id: 'u2', text: 'The credentials are forgotten in a moment.', until: Date.now() + 10_000 },
      })
    })
  undo = (id: string) =>
    this.run('undo', [id], () => {
      const back = this.removed
      if (back) this.changeFleet(() => back)
      this.changeSession({ undo: null })
    })
  retry = (ids: string[]) =>
    this.run('retry', [ids], () => this.changeMembers(ids, () => ({ state: 'connecting', cause: '', nextTry: 0 })))
  copyKubeconfig: Backend['copyKubeconfig'] = (id, form) => this.run('copyKubeconfig', [id, form], () => undefined)
  saveLayout: Backend['saveLayout'] = (layout) =>
    this.run('saveLayout', [layout], () => {
      this.now.fleet = { ...this.now.fleet, layout }
      this.changeFleet((all) => all)
    })

  saveSettings: Backend['saveSettings'] = (settings) =>
    this.run('saveSettings', [settings], () => this.changeSession({ settings }))
  openFolder = (which: 'data' | 'logs') => this.run('openFolder', [which], () => undefined)
  copyDiagnostics = () => this.run('copyDiagnostics', [], () => undefined)
  retryKeychain = () => this.run('retryKeychain', [], () => this.changeSession({ keychain: { state: 'ok', hint: '' } }))
  attend = (active: boolean) => this.run('attend', [active], () => undefined)
  useMemoryOnly = () =>
    this.run('useMemoryOnly', [], () =>
      this.changeSession({
        keychain: { state: 'memory', hint: 'Secrets are kept in memory and are gone when Binnacle ends.' },
      }),
    )
}
