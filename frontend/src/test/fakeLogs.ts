import type { LogLine, LogQuery, LogRequest, LogSource, LogWindow } from '../wails/model'
import type { LogsBackend } from '../wails/pane'
import type { FakeHost } from './fakeHost'
import { type Draft, history, saying, sourcesOf } from './logFixtures'

/** The logs of the fake, with what a test lets the containers do. */
export interface FakeLogs extends LogsBackend {
  /** How many lines a log begins with. */
  lines: number
  /** How many lines are kept; older ones are dropped. */
  keep: number
  /** Every so many ms an open log gets a line by itself; 0 is never. */
  pace: number
  /** A container writes; the bell rings. Lines go where their time puts them. */
  write(id: string, drafts: Partial<Draft>[]): void
  change(id: string, change: (sources: LogSource[]) => LogSource[]): void
  /** The logs that are open. */
  opened(): string[]
}

interface Log {
  lines: LogLine[]
  sources: LogSource[]
  seq: number
  arrived: number
  dropped: number
  timer: ReturnType<typeof setInterval> | undefined
}

/** Logs in memory: windows, search and filters work as Go's do, and lines come and go. */
export function fakeLogs({ run, ring }: FakeHost): FakeLogs {
  const logs = new Map<string, Log>()
  let ids = 0

  const find = (id: string): Log => {
    const log = logs.get(id)
    if (!log) throw { code: 'notFound', message: 'That log is closed.', hint: 'Open it again.' }
    return log
  }
  const rings = (id: string, log: Log) => {
    log.seq++
    ring('logs', { seq: log.seq, key: id })
  }

  const fake: FakeLogs = {
    lines: 1200,
    keep: 5000,
    pace: 0,
    opened: () => [...logs.keys()],
    open: (request) =>
      run('logs.open', [request], () => {
        ids++
        const id = `log-${ids}`
        const log = logFor(request, fake)
        logs.set(id, log)
        if (fake.pace > 0) log.timer = setInterval(() => fake.write(id, [{}]), fake.pace)
        return id
      }),
    window: (id, query) => run('logs.window', [id, query], () => windowOf(find(id), query)),
    join: (id, refs) =>
      run('logs.join', [id, refs], () => {
        const log = find(id)
        const more = sourcesOf(refs, '')
        log.sources = [...log.sources, ...more]
        for (const draft of history(more, fake.lines)) add(log, draft, fake.keep)
        rings(id, log)
      }),
    leave: (id, member) =>
      run('logs.leave', [id, member], () => {
        const log = find(id)
        const gone = new Set(log.sources.filter((s) => s.member === member).map((s) => s.key))
        log.sources = log.sources.filter((s) => !gone.has(s.key))
        log.lines = log.lines.filter((line) => !gone.has(line.source))
        rings(id, log)
      }),
    download: (id, query) => run('logs.download', [id, query], () => find(id) !== undefined),
    close: (id) =>
      run('logs.close', [id], () => {
        clearInterval(logs.get(id)?.timer)
        logs.delete(id)
      }),
    write: (id, drafts) => {
      const log = find(id)
      for (const draft of drafts) add(log, draft, fake.keep)
      rings(id, log)
    },
    change: (id, change) => {
      const log = find(id)
      log.sources = change(log.sources)
      rings(id, log)
    },
  }
  return fake
}

function logFor({ refs, container, previous }: LogRequest, { lines, keep }: FakeLogs): Log {
  const sources = sourcesOf(refs, container)
  const log: Log = { lines: [], sources, seq: 1, arrived: 0, dropped: 0, timer: undefined }
  const silent = refs.every((ref) => ref.name === 'silent') || (previous && refs.some((ref) => ref.kind !== 'pods'))
  for (const draft of silent ? [] : history(sources, previous ? 40 : lines)) add(log, draft, keep)
  return log
}

function add(log: Log, draft: Partial<Draft>, keep: number): void {
  const live = log.sources.filter((s) => s.state === 'live')
  const source = draft.source ?? live[log.arrived % Math.max(1, live.length)]?.key ?? ''
  log.arrived++
  const line: LogLine = { ...saying(source, log.arrived - 1, Date.now()), cut: 0, ...draft, no: log.arrived }
  let at = log.lines.length
  while (at > 0 && (log.lines[at - 1]?.time ?? 0) > line.time) at--
  log.lines.splice(at, 0, line)
  log.sources = log.sources.map((s) => (s.key === line.source ? { ...s, lines: s.lines + 1 } : s))
  const over = log.lines.length - keep
  if (over > 0) {
    log.lines.splice(0, over)
    log.dropped += over
  }
}

function windowOf(log: Log, query: LogQuery): LogWindow {
  const needle = query.search.toLowerCase()
  const pass = (line: LogLine) =>
    line.no > query.after &&
    (query.source === '' || line.source === query.source) &&
    (query.levels.length === 0 || query.levels.includes(line.level)) &&
    line.text.toLowerCase().includes(needle)
  const matched = log.lines.filter(pass)
  const limit = query.limit || 1000
  const at = query.around > 0 ? placeOf(log, matched, query.around) : -1
  const wanted = at >= 0 ? at - Math.floor(limit / 2) : query.from < 0 ? matched.length - limit : query.from
  const from = Math.max(0, Math.min(wanted, matched.length))
  return {
    seq: log.seq,
    total: log.lines.length,
    dropped: log.dropped,
    matched: matched.length,
    from,
    at,
    lines: matched.slice(from, from + limit),
    sources: log.sources,
  }
}

/** Where a line is among those that match, or would be; one that was dropped would be the first. */
function placeOf(log: Log, matched: readonly LogLine[], no: number): number {
  const own = log.lines.findIndex((line) => line.no === no)
  const before = new Set(log.lines.slice(0, Math.max(0, own)).map((line) => line.no))
  return matched.filter((line) => before.has(line.no)).length
}
