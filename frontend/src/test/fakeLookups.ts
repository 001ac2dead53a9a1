import type { Candidate, Import, IssuerRequest, Lookup, WayRequest } from '../wails/model'
import { candidate } from './importFixture'
import { dexWay, lookupFor, way } from './lookupFixtures'

/** What a fake needs of the backend that it is a part of. */
export interface Host {
  delay: number
  pause(ms: number): Promise<void>
  ring(key: string, seq: number): void
}

/** The look-ups of a FakeBackend. */
export class FakeLookups {
  private all = new Map<string, Lookup>()
  private host: Host

  constructor(host: Host) {
    this.host = host
  }

  begin(address: string): string {
    const ticket = `lookup-${this.all.size + 1}`
    const end = lookupFor(ticket, address)
    this.all.set(ticket, { ...end, state: 'looking', steps: [], ways: [], certificate: null, server: '' })
    void this.look(end)
    return ticket
  }

  private async look(end: Lookup): Promise<void> {
    for (const [i, step] of end.steps.entries()) {
      if (this.host.delay === 0) break
      const running = { ...step, state: 'running', detail: '', ms: 0 }
      this.change(end.ticket, { steps: [...end.steps.slice(0, i), running] })
      await this.host.pause(this.host.delay * 4)
    }
    this.change(end.ticket, end)
  }

  get(ticket: string): Lookup {
    const found = this.all.get(ticket)
    if (!found) throw { code: 'notFound', message: 'That look-up has ended.', hint: 'Type the address again.' }
    return found
  }

  change(ticket: string, change: Partial<Lookup>): void {
    const old = this.all.get(ticket)
    if (!old) return
    const next = { ...old, ...change, seq: old.seq + 1 }
    this.all.set(ticket, next)
    this.host.ring(ticket, next.seq)
  }

  issuer(ticket: string, asked: IssuerRequest): void {
    const { ways } = this.get(ticket)
    const known = ways.find((w) => w.issuer === asked.issuer)
    if (known) {
      const connectors = known.dex ? dexWay.connectors : []
      this.change(ticket, { ways: ways.map((w) => (w === known ? { ...w, problem: '', connectors } : w)) })
      return
    }
    const title = `OIDC at ${new URL(asked.issuer).host}`
    const joined = way(`typed-${ways.length}`, {
      title,
      from: 'you typed it',
      issuer: asked.issuer,
      clientID: asked.clientID,
    })
    this.change(ticket, { ways: [...ways, joined] })
  }

  /** The import that a way becomes. */
  use(lookupTicket: string, asked: WayRequest, ticket: string): Import {
    const found = this.get(lookupTicket)
    const chosen = found.ways.find((w) => w.id === asked.way)
    const host = new URL(found.server).hostname
    const token: Partial<Candidate> = { authKind: 'token' }
    const session: Partial<Candidate> = { authKind: 'signIn', identity: '', expiresAt: 0, signIn: 's9' }
    const one = candidate(0, host.split('.')[0] ?? host, {
      source: found.address,
      server: found.server,
      ca: asked.trust,
      ...(chosen?.kind === 'token' ? token : session),
    })
    return { seq: 1, ticket, testing: false, sources: [], candidates: [one] }
  }

  drop(ticket: string): void {
    this.all.delete(ticket)
  }
}
