import type { LogLevel, LogSource, ObjectRef } from '../wails/model'

const MINUTE = 60_000

export interface Draft {
  time: number
  source: string
  level: LogLevel
  text: string
  cut?: number
}

/** The sources that the logs of these objects have: a pod has two containers, a workload three pods of one. */
export function sourcesOf(refs: readonly ObjectRef[], container: string): LogSource[] {
  return refs.flatMap((ref) => {
    if (ref.name === 'empty') return []
    const pods = ref.kind === 'pods' ? [ref.name] : ['x2x7q', 'k9f2m', 'p4c8d'].map((end) => `${ref.name}-${end}`)
    const containers = ref.kind === 'pods' ? ['app', 'proxy'] : ['app']
    return pods.flatMap((pod, i) =>
      containers
        .filter((one) => container === '' || one === container)
        .map(
          (one): LogSource => ({
            key: `${ref.member}/${ref.namespace}/${pod}/${one}`,
            member: ref.member,
            namespace: ref.namespace,
            pod,
            container: one,
            ...standing(ref.name, i),
            lines: 0,
          }),
        ),
    )
  })
}

function standing(name: string, i: number): Pick<LogSource, 'state' | 'why'> {
  if (name === 'denied') return { state: 'failed', why: 'ana may not read logs in shop: forbidden by RBAC.' }
  if (name === 'starting') return { state: 'waiting', why: 'ContainerCreating' }
  if (name === 'done') return { state: 'ended', why: 'It has ended.' }
  return i === 2
    ? { state: 'waiting', why: 'CrashLoopBackOff: back-off 40s restarting failed container' }
    : { state: 'live', why: '' }
}

const SAYINGS: [LogLevel, string][] = [
  ['info', 'GET /cart 200 12ms'],
  ['info', 'GET /catalogue?page=3 200 48ms'],
  ['debug', 'cache hit for basket 7f3a'],
  ['warning', 'slow query: SELECT * FROM items took 1204 ms'],
  ['info', 'POST /checkout 201 210ms'],
  ['error', 'panic: could not reach payments: dial tcp 10.0.3.7:443: connect: connection refused'],
  ['unknown', '    at Object.<anonymous> (/srv/app/checkout.js:114:9)'],
  ['info', '<img src=x onerror=alert(1)> is only text here'],
]

/** What a source says as its n-th line. */
export function saying(source: string, n: number, time: number): Draft {
  const [level, text] = SAYINGS[n % SAYINGS.length] ?? ['info', '']
  return { time, source, level, text: `${text} #${n}` }
}

/** A history of so many lines, ending now, over these sources in turn. */
export function history(sources: readonly LogSource[], count: number): Draft[] {
  const now = Date.now()
  const speaking = sources.filter((s) => s.state === 'live')
  if (speaking.length === 0) return []
  return Array.from({ length: count }, (_, n) => {
    const line = saying(speaking[n % speaking.length]?.key ?? '', n, now - MINUTE - (count - n) * 250)
    return n === 11 ? { ...line, text: `${'0123456789'.repeat(60)}`, cut: 5_241_880 } : line
  })
}
