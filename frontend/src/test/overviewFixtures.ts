import { ANY } from '../lib/places'
import type { Count, Filter, Overview, OverviewRow, Part, TableMember, TableQuery, Tone, Warning } from '../wails/model'

const MINUTE = 60_000
const DAY = 86_400_000

function query(kind: string, filter: Partial<Filter> = {}, over: Partial<TableQuery> = {}): TableQuery {
  return { kind, filter: { ...ANY, ...filter }, sort: '', desc: false, offset: 0, limit: 0, anchor: '', ...over }
}

/** So many rows of a kind with that status. */
export function count(kind: string, label: string, tone: Tone, rows: number): Count {
  return { label, tone, rows, query: query(kind, { status: [label] }) }
}

function workloads(kind: string, label: string, ready: number, not: number): Count[] {
  return [
    { label, tone: 'good', rows: ready, query: query(kind, { tones: ['good', 'none'] }) },
    { label, tone: 'warning', rows: not, query: query(kind, { tones: ['bad', 'warning', 'busy'] }) },
  ]
}

function row(member: string, kind: string, namespace: string, name: string, status: string, tone: Tone): OverviewRow {
  const key = { Deployment: 'deployments.apps', StatefulSet: 'statefulsets.apps', DaemonSet: 'daemonsets.apps' }[kind]
  return { ref: { member, kind: key ?? kind, namespace, name, uid: '' }, kind, status, tone }
}

export function warning(reason: string, message: string, rows: number, members: string[], ago: number): Warning {
  const last = { sort: 'c:Last Seen', desc: true }
  const wanted = query('events', { status: ['Warning'], cells: [`c:Reason=${reason}`], within: 3600 }, last)
  return { reason, message, rows, members, last: Date.now() - ago, query: wanted }
}

export function partMember(id: string, over: Partial<TableMember> = {}): TableMember {
  return { id, state: 'live', rows: 40, fresh: Date.now(), why: '', hidden: [], ...over }
}

/** The members of the rich fleet as a table has them: most are live, the others each lack in their way. */
export function partOf(kind: string): Part {
  return {
    kind,
    members: [
      ...['m1', 'm2', 'm3', 'm12', 'm16'].map((id) => partMember(id)),
      partMember('m10', {
        state: 'partial',
        why: 'ana may not list namespaces here.',
        hidden: ['kube-system', 'vault'],
      }),
      partMember('m7', { state: 'stale', fresh: Date.now() - 17 * MINUTE, why: 'No answer within 5 s.' }),
      partMember('m6', { state: 'denied', rows: 0, fresh: 0, why: `ana may not list ${kind} here.` }),
    ],
  }
}

const KINDS = ['nodes', 'pods', 'deployments.apps', 'statefulsets.apps', 'daemonsets.apps', 'events']

/** A fleet with something of everything; every field can be overridden. */
export function richOverview(over: Partial<Overview> = {}): Overview {
  return {
    seq: 1,
    nodes: [
      count('nodes', 'Ready', 'good', 41),
      count('nodes', 'Ready,SchedulingDisabled', 'warning', 2),
      count('nodes', 'NotReady', 'bad', 1),
    ],
    pods: [
      count('pods', 'Running', 'good', 2214),
      count('pods', 'Completed', 'good', 318),
      count('pods', 'CrashLoopBackOff', 'bad', 12),
      count('pods', 'ImagePullBackOff', 'bad', 4),
      count('pods', 'Pending', 'busy', 23),
      count('pods', 'Terminating', 'busy', 3),
      count('pods', 'Unknown', 'warning', 2),
    ],
    workloads: [
      ...workloads('deployments.apps', 'Deployment', 402, 5),
      ...workloads('statefulsets.apps', 'StatefulSet', 61, 1),
      ...workloads('daemonsets.apps', 'DaemonSet', 88, 0),
    ],
    notReady: [
      row('m1', 'Deployment', 'payments', 'checkout', '1/3', 'warning'),
      row('m3', 'Deployment', 'payments', 'settlement-reconciliation-worker-eu-west', '0/2', 'bad'),
      row('m2', 'Deployment', 'web', 'storefront', '4/5', 'warning'),
      row('m10', 'Deployment', 'kube-system', 'coredns', '1/2', 'warning'),
      row('m10', 'StatefulSet', 'data', 'postgres', '2/3', 'warning'),
    ],
    warnings: [
      warning(
        'BackOff',
        'Back-off restarting failed container checkout in pod checkout-7d9',
        214,
        ['m1', 'm3'],
        MINUTE,
      ),
      warning(
        'FailedScheduling',
        '0/12 nodes are available: 3 Insufficient memory, 9 node(s) had untolerated taint {dedicated: gpu}.',
        37,
        ['m1', 'm2', 'm3', 'm10', 'm12'],
        4 * MINUTE,
      ),
      warning('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503', 18, ['m2'], 9 * MINUTE),
      warning(
        'FailedMount',
        'MountVolume.SetUp failed for volume "tls": secret "web-tls" not found',
        6,
        ['m3'],
        26 * MINUTE,
      ),
    ],
    warningRows: 275,
    versions: [
      { version: 'v1.34.1-gke.2037001', members: ['m3'] },
      { version: 'v1.33.5-eks-113cf36', members: ['m2'] },
      { version: 'v1.33.0', members: ['m10', 'm16'] },
      { version: 'v1.31.6+b8f5ef2', members: ['m1'] },
      { version: 'v1.27.16', members: ['m12'] },
    ],
    certificates: [
      { member: 'm5', what: 'Your credential', at: Date.now() - 6 * MINUTE },
      { member: 'm12', what: 'The server’s certificate', at: Date.now() + 2 * DAY },
      { member: 'm3', what: 'Your credential', at: Date.now() + 5 * DAY },
      { member: 'm2', what: 'Your credential', at: Date.now() + 21 * DAY },
    ],
    parts: KINDS.map(partOf),
    ...over,
  }
}

/** A fleet in which everything was seen and there is nothing, or whose every part stands like this. */
export function emptyOverview(members: TableMember[] = [partMember('m1'), partMember('m2')]): Overview {
  return {
    seq: 1,
    nodes: [],
    pods: [],
    workloads: [],
    notReady: [],
    warnings: [],
    warningRows: 0,
    versions: [],
    certificates: [],
    parts: KINDS.map((kind) => ({ kind, members })),
  }
}
