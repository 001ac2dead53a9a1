import { createStore } from 'zustand/vanilla'
import { shared } from '../../lib/shared'
import type { Backend } from '../backend'
import { toFailure } from '../errors'
import type { Failure, TableQuery, TableWindow } from '../model'
import { missing, NO_PAGES, PAGE, type Pages, put, request, type Span } from './tablePages'

/** Which table: its kind, filter and order. */
export type Ask = Pick<TableQuery, 'kind' | 'filter' | 'sort' | 'desc'>

/** A row that is to stay where it is on the screen while others come and go. */
export interface Held {
  key: string
  index: number
}

/** All of a table but its rows. */
export type TableHead = Pick<TableWindow, 'seq' | 'kind' | 'columns' | 'total' | 'matched' | 'members' | 'problem'>

/** What is seen of a table. */
export interface TableNow {
  /** Null: nothing has come yet for this kind. */
  head: TableHead | null
  pages: Pages
  /** What shows answers an earlier question; the answer to the present one is on its way. */
  busy: boolean
  /** The last request failed: what shows may be old. */
  failure: Failure | null
  /** Which question the rows answer; another one begins at the top. */
  answers: number
  /** By how many places the held rows have moved since that question was answered. */
  moved: number
}

const NOTHING: TableNow = { head: null, pages: NO_PAGES, busy: false, failure: null, answers: 0, moved: 0 }
const IN_FLIGHT = 2
/** A table that changes all the time is read again this often at most, ms. */
export const PACE = 100
/** Go drops a table that nobody asks for; one that is looked at asks at least this often, ms. */
export const KEEP = 60_000
/** What shows only what is new asks this often: rows grow too old for it though none of them changes, ms. */
export const AGEING = 5_000
/** Neighbours of what is in sight are read once that has been painted, ms. */
export const SETTLE = 50
/** Rows beyond those in sight that a fresh answer holds too. */
const MARGIN = PAGE / 2

interface Flight extends Wanted {
  number: number
  question: number
  ask: Ask
}

interface Wanted {
  span: Span
  /** Asks for what is in sight once more, and not only for rows that were missing. */
  fresh: boolean
  held: Held | null
  /** The second try to catch up with a held row that went far. */
  again: boolean
}

/**
 * Reads windows of one table, so that what is in sight is there and current. Doorbells carry no data: rings within PACE
 * make one request. At most two requests are under way; what the newest question doesn't want is dropped when it comes,
 * and so is an answer that is older than what shows. No React in here.
 */
export class Table {
  readonly store = createStore<TableNow>(() => NOTHING)
  private readonly backend: Pick<Backend, 'on' | 'pane'>
  private running = false
  private asked: Ask | null = null
  private question = 0
  private sight: Span = { first: 0, last: PAGE - 1 }
  private held: Held | null = null
  private dirty = false
  private halted = false
  private sent = 0 // requests so far
  private shown = 0 // of them, how many had been sent when what shows came
  private freshAt = Number.NEGATIVE_INFINITY
  private takenAt = 0
  private flights = new Set<Flight>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private keeper: ReturnType<typeof setInterval> | undefined

  constructor(backend: Pick<Backend, 'on' | 'pane'>) {
    this.backend = backend
  }

  /** Listens to doorbells and keeps the table alive; the returned function stops both. */
  start(): () => void {
    this.running = true
    const stop = this.backend.on('table', (bell) => {
      const { head } = this.store.getState()
      // Not "newer": a table that Go dropped and read again counts anew.
      if (bell.key === this.asked?.kind && bell.seq !== head?.seq) this.refresh()
    })
    this.keep()
    this.refresh()
    return () => {
      this.running = false
      stop()
      clearInterval(this.keeper)
      clearTimeout(this.timer)
      this.timer = undefined
    }
  }

  /** Asks another question. Rows of the same kind show until its answer comes; those of another kind go at once. */
  ask(ask: Ask): void {
    if (JSON.stringify(ask) === JSON.stringify(this.asked)) return
    const other = ask.kind !== this.asked?.kind
    this.asked = ask
    this.question++
    this.sight = { first: 0, last: this.sight.last - this.sight.first }
    this.held = null
    this.freshAt = Number.NEGATIVE_INFINITY
    this.store.setState(other ? { ...NOTHING, answers: this.store.getState().answers } : { busy: true })
    this.keep()
    this.refresh()
  }

  /** Asks now and then though nothing rings. */
  private keep(): void {
    clearInterval(this.keeper)
    const pace = this.asked && this.asked.filter.within > 0 ? AGEING : KEEP
    if (this.running) this.keeper = setInterval(() => this.refresh(), pace)
  }

  /** Says which rows are in sight, and which one is to stay where it is. */
  look(sight: Span, held: Held | null): void {
    if (this.store.getState().busy) return // these rows are about to go
    this.sight = sight
    this.held = held
    this.pump()
  }

  /** Reads what is in sight again, now or within PACE; after a failure it is the way to try again. */
  refresh(): void {
    this.dirty = true
    this.halted = false
    this.pump()
  }

  private pump(): void {
    while (this.running && this.asked && !this.halted && this.flights.size < IN_FLIGHT) {
      const next = this.next()
      if (!next) return
      this.send(this.asked, next)
    }
  }

  /** What to ask for next: what is in sight when it may have changed, then what is missing of it, then its neighbours. */
  private next(): Wanted | null {
    const mine = [...this.flights].filter((f) => f.question === this.question)
    const { head, pages, answers } = this.store.getState()
    if (this.dirty && !mine.some((f) => f.fresh)) {
      const wait = this.freshAt + PACE - performance.now()
      if (wait <= 0) return { fresh: true, span: widened(this.sight), held: this.held, again: false }
      this.timer ??= setTimeout(() => this.wake(), wait)
    }
    if (!head || answers !== this.question) return null
    const { first, last } = this.sight
    const way = { fresh: false, held: null, again: false }
    const lacking = missing(pages, this.sight, head.matched, 'old too')
    if (lacking) return mine.some((f) => covers(f.span, lacking)) ? null : { ...way, span: lacking }
    if (mine.length > 0 || this.dirty) return null
    const near = { first: Math.max(0, first - PAGE), last: last + PAGE }
    const ahead = missing(pages, near, head.matched, 'absent')
    if (!ahead) return null
    const wait = this.takenAt + SETTLE - performance.now()
    if (wait <= 0) return { ...way, span: ahead }
    this.timer ??= setTimeout(() => this.wake(), wait)
    return null
  }

  private wake(): void {
    this.timer = undefined
    this.pump()
  }

  private send(ask: Ask, wanted: Wanted): void {
    const flight: Flight = { ...wanted, ask, number: ++this.sent, question: this.question }
    if (flight.fresh) {
      this.dirty = false
      this.freshAt = performance.now()
    }
    this.flights.add(flight)
    const query = { ...ask, ...request(flight.span), anchor: flight.held?.key ?? '' }
    const landed = (then: () => void) => {
      this.flights.delete(flight)
      if (flight.question === this.question && this.running) then()
      this.pump()
    }
    this.backend.pane.window(query).then(
      (answer) => landed(() => this.take(flight, answer)),
      (thrown: unknown) => landed(() => this.fail(toFailure(thrown))),
    )
  }

  private fail(failure: Failure): void {
    this.halted = true
    this.store.setState({ failure })
  }

  private take(flight: Flight, answer: TableWindow): void {
    const now = this.store.getState()
    const older = now.head !== null && answer.seq < now.head.seq && flight.number <= this.shown
    if (older) return
    const first = now.answers !== this.question
    const by = first || !flight.held || answer.anchor < 0 ? 0 : answer.anchor - flight.held.index
    const sight = { first: this.sight.first + by, last: this.sight.last + by }
    if (by !== 0 && !flight.again && !holds(answer, sight)) {
      this.send(flight.ask, { fresh: true, span: widened(sight), held: flight.held, again: true })
      return
    }
    this.sight = sight
    if (this.held && by !== 0) this.held = { ...this.held, index: this.held.index + by }
    // Rows that grew too old are gone without a change of the table.
    const news = answer.seq !== now.head?.seq || answer.matched !== now.head.matched
    if (news && !flight.fresh) this.dirty = true // the rest of what is in sight is older now
    this.shown = this.sent
    this.takenAt = performance.now()
    this.store.setState({
      head: headOf(now.head, answer),
      pages: put(now.pages, answer, first || by !== 0 ? 'drop' : news ? 'old' : 'keep'),
      busy: false,
      failure: null,
      answers: this.question,
      moved: first ? 0 : now.moved + by,
    })
  }
}

function headOf(old: TableHead | null, { offset: _o, rows: _r, anchor: _a, ...head }: TableWindow): TableHead {
  return shared(old, head)
}

function widened({ first, last }: Span): Span {
  return { first: Math.max(0, first - MARGIN), last: last + MARGIN }
}

function covers(a: Span, b: Span): boolean {
  return a.first <= b.first && a.last >= b.last
}

function holds(answer: TableWindow, { first, last }: Span): boolean {
  const end = answer.offset + answer.rows.length
  return answer.offset <= Math.max(0, first) && end >= Math.min(last + 1, answer.matched)
}
