import type { Column, ColumnType, Row, TableMember, TableState, Tone } from '../wails/model'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

export function column(title: string, type: ColumnType = 'text', over: Partial<Column> = {}): Column {
  return { id: `c:${title}`, title, type, description: '', wide: false, status: false, dated: false, ...over }
}

/** The columns that every table has, before the kind's own. */
export function commonColumns(namespaced: boolean): Column[] {
  const common = (id: string, title: string, type: ColumnType = 'text') =>
    column(title, type, { id, dated: id === 'age' })
  return [
    common('member', 'Cluster'),
    ...(namespaced ? [common('namespace', 'Namespace')] : []),
    common('name', 'Name'),
    common('age', 'Age', 'time'),
  ]
}

const status = (title = 'Status') => column(title, 'text', { status: true, description: 'How it is doing.' })

/** The kind's own columns, as a server names them. */
export function columnsOf(kind: string): Column[] {
  switch (kind) {
    case 'pods':
      return [
        column('Ready', 'fraction', { description: 'Containers that are ready, of all.' }),
        status(),
        column('Restarts', 'number'),
        column('IP', 'text', { wide: true }),
        column('Node', 'text', { wide: true }),
      ]
    case 'deployments.apps':
      return [
        column('Ready', 'fraction', { status: true }),
        column('Up-to-date', 'number'),
        column('Available', 'number'),
      ]
    case 'nodes':
      return [status(), column('Roles'), column('Version'), column('Internal-IP', 'text', { wide: true })]
    case 'persistentvolumeclaims':
      return [status(), column('Capacity', 'quantity'), column('StorageClass')]
    case 'certificates.cert-manager.io':
      return [column('Ready', 'text', { status: true }), column('Secret'), column('Not after', 'time')]
    default:
      return []
  }
}

const NAMESPACES = ['payments', 'kube-system', 'default', 'shop', 'monitoring', 'ingress']
const NAMES = ['api', 'ledger', 'worker', 'cache', 'gateway', 'scheduler', 'web', 'mailer']
const STATUS: [string, Tone][] = [
  ['Running', 'good'],
  ['Running', 'good'],
  ['Running', 'good'],
  ['Running', 'good'],
  ['Running', 'good'],
  ['Completed', 'none'],
  ['Running', 'good'],
  ['Pending', 'busy'],
  ['Running', 'good'],
  ['CrashLoopBackOff', 'bad'],
  ['Running', 'good'],
  ['ContainersNotReady', 'warning'],
]

/** What a fake object has beside its row. */
export interface FakeRow extends Row {
  labels: Record<string, string>
}

// Spreads small numbers, the same each time.
const spread = (n: number) => ((n * 2654435761) >>> 0) / 2 ** 32

/** The nth object of a kind in one member. */
export function rowOf(kind: string, member: string, n: number, namespaced: boolean): FakeRow {
  const name = `${NAMES[n % NAMES.length]}-${n.toString(36).padStart(4, '0')}`
  const namespace = namespaced ? (NAMESPACES[Math.floor(spread(n) * NAMESPACES.length)] ?? 'default') : ''
  const [words, tone] = STATUS[Math.floor(spread(n + 7) * STATUS.length)] ?? ['Running', 'good']
  return {
    key: `${member}/${kind}/${n}`,
    member,
    namespace,
    name,
    created: Date.UTC(2026, 5, 1) - Math.floor(spread(n + 3) * 90 * DAY),
    tone: kind === 'configmaps' ? 'none' : tone,
    deleting: n % 97 === 96,
    cells: cellsOf(kind, n, words),
    labels: { app: NAMES[n % NAMES.length] ?? '', tier: n % 3 === 0 ? 'front' : 'back' },
  }
}

function cellsOf(kind: string, n: number, words: string): string[] {
  const well = words === 'Running'
  switch (kind) {
    case 'pods':
      return [
        well ? '1/1' : '0/1',
        words,
        n % 11 === 0 ? `${n % 7} (3m ago)` : '0',
        `10.1.${n % 256}.${(n * 7) % 256}`,
        `node-${n % 9}`,
      ]
    case 'deployments.apps':
      return [well ? '2/2' : '1/2', '2', well ? '2' : '1']
    case 'nodes':
      return [well ? 'Ready' : 'NotReady', n % 3 === 0 ? 'control-plane' : 'worker', 'v1.34.2', `192.168.0.${n % 256}`]
    case 'persistentvolumeclaims':
      return ['Bound', `${1 + (n % 20)}Gi`, 'fast']
    case 'certificates.cert-manager.io':
      return [well ? 'True' : 'False', `tls-${n}`, String(Date.UTC(2027, 0, 1) + n * DAY)]
    default:
      return []
  }
}

const WHY: Partial<Record<TableState, string>> = {
  waiting: 'It is not connected yet.',
  listing: 'The first rows are on their way.',
  partial: 'ana may not list this in every namespace: forbidden by RBAC.',
  stale: 'No answer within 5 s. It is tried again.',
  denied: 'ana may not list this: forbidden by RBAC.',
  missing: 'It does not serve this kind.',
  failed: 'The server answers with an error: conversion webhook failed.',
  full: 'It has more rows than Binnacle keeps. The first ones show.',
}

/** One member's part of a table. */
export function tableMember(id: string, state: TableState, over: Partial<TableMember> = {}): TableMember {
  const never = ['waiting', 'listing', 'denied', 'missing', 'failed'].includes(state)
  return {
    id,
    state,
    rows: 0,
    fresh: never ? 0 : Date.now() - (state === 'stale' ? 17 * MINUTE : 1000),
    why: WHY[state] ?? '',
    hidden: state === 'partial' ? ['kube-system', 'vault'] : [],
    ...over,
  }
}
