import type {
  ActionID,
  Object as ClusterObject,
  Deletion,
  ObjectEvent,
  ObjectLink,
  ObjectRef,
  RelatedGroup,
  Tone,
} from '../wails/model'
import { yamlOf } from './objectYaml'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** All that the fake knows of one object. */
export interface FakeObject {
  object: ClusterObject
  yaml: string
  /** Why its YAML can't be edited; '' when it can. */
  refused: string
  events: ObjectEvent[]
  eventsWhy: string
  related: RelatedGroup[]
  deletion: Deletion
  /** What the server warns of when it is saved. */
  warnings: string[]
}

export function refOf(kind: string, name: string, over: Partial<ObjectRef> = {}): ObjectRef {
  return { member: 'm1', kind, namespace: 'shop', name, uid: `uid-${kind}-${name}`, ...over }
}

export const WEB = refOf('deployments.apps', 'web')
export const WEB_SET = refOf('replicasets.apps', 'web-7d9f6c5b8')
export const WEB_POD = refOf('pods', 'web-7d9f6c5b8-x2x7q')
export const SECRET = refOf('secrets', 'web-tls')
export const HUGE = refOf('configmaps', 'catalogue')
export const NODE = refOf('nodes', 'node-1', { namespace: '' })
export const REPORT = refOf('cronjobs.batch', 'report')

const KINDS: Record<string, [kind: string, apiVersion: string, actions: ActionID[]]> = {
  'deployments.apps': ['Deployment', 'apps/v1', ['logs', 'edit', 'scale', 'restart', 'delete']],
  'replicasets.apps': ['ReplicaSet', 'apps/v1', ['logs', 'edit', 'scale', 'delete']],
  pods: ['Pod', 'v1', ['logs', 'edit', 'delete']],
  secrets: ['Secret', 'v1', ['delete']],
  configmaps: ['ConfigMap', 'v1', ['edit', 'delete']],
  nodes: ['Node', 'v1', ['edit', 'cordon', 'delete']],
  'cronjobs.batch': ['CronJob', 'batch/v1', ['logs', 'edit', 'suspend', 'delete']],
}

export function kindName(key: string): string {
  const word = key.split('.')[0]?.replace(/s$/, '') ?? key
  return KINDS[key]?.[0] ?? word.charAt(0).toUpperCase() + word.slice(1)
}

export function link(ref: ObjectRef, status = '', tone: Tone = 'none', gone = ''): ObjectLink {
  return { ref, kind: kindName(ref.kind), status, tone, gone }
}

/** A plain object of any kind; what a fixture doesn't say is made up. */
export function fakeObject(
  ref: ObjectRef,
  over: Partial<FakeObject> = {},
  shown: Partial<ClusterObject> = {},
): FakeObject {
  const now = Date.now()
  const [kind, apiVersion, actions] = KINDS[ref.kind] ?? [kindName(ref.kind), 'v1', ['edit', 'delete'] as ActionID[]]
  return {
    object: {
      ref,
      apiVersion,
      kind,
      version: '1001',
      created: now - 3 * DAY,
      deleting: 0,
      status: 'Active',
      tone: 'good',
      summary: [],
      conditions: [],
      labels: [{ key: 'app.kubernetes.io/name', value: ref.name, cut: false }],
      annotations: [],
      owners: [],
      actions: actions.map((id) => ({ id, refused: '', replicas: id === 'scale' ? 3 : -1 })),
      hidden: '',
      ...shown,
    },
    yaml: yamlOf(apiVersion, kind, ref),
    refused: '',
    events: [],
    eventsWhy: '',
    related: [],
    deletion: { groups: [], finalizers: [], warnings: [] },
    warnings: [],
    ...over,
  }
}

const fact = (title: string, value: string, tone: Tone = 'none', to: ObjectRef | null = null, time = 0) => ({
  title,
  value,
  time,
  tone,
  link: to,
})

/** The cast of tests and of the page under ?fake. */
export function objectCast(): FakeObject[] {
  return [web(), webSet(), webPod(), secret(), huge(), node(), fakeObject(REPORT, {}, { status: 'Scheduled' })]
}

function web(): FakeObject {
  const now = Date.now()
  const pods = ['x2x7q', 'k9f2m', 'p4c8d'].map((end) =>
    link(
      { ...WEB_POD, name: `web-7d9f6c5b8-${end}`, uid: '' },
      end === 'p4c8d' ? 'CrashLoopBackOff' : 'Running',
      end === 'p4c8d' ? 'bad' : 'good',
    ),
  )
  return fakeObject(
    WEB,
    {
      events: [
        event('ScalingReplicaSet', 'Scaled up replica set web-7d9f6c5b8 from 2 to 3', now - 4 * MINUTE),
        event(
          'FailedCreate',
          'pods "web-7d9f6c5b8-" is forbidden: exceeded quota: compute, requested: cpu=500m, used: cpu=3900m, limited: cpu=4',
          now - 30 * MINUTE,
          17,
          true,
        ),
      ],
      related: [
        { title: 'Pods', links: pods, more: 0, why: '' },
        { title: 'Selected by', links: [link(refOf('services', 'web'), 'ClusterIP')], more: 0, why: '' },
        {
          title: 'Uses',
          links: [link(SECRET), link(refOf('configmaps', 'web-config'), '', 'none', 'It does not exist.')],
          more: 2,
          why: '',
        },
        { title: 'Autoscaled by', links: [], more: 0, why: 'You may not list horizontalpodautoscalers in shop.' },
      ],
      deletion: {
        groups: [{ title: 'Pods', links: pods, more: 12, why: '' }],
        finalizers: ['foregroundDeletion'],
        warnings: ['Service web loses all its endpoints.'],
      },
      warnings: ['spec.template.spec.containers[0].image: the tag latest moves'],
    },
    {
      status: '2 of 3 ready',
      tone: 'warning',
      summary: [
        fact('Replicas', '3 wanted, 2 ready, 3 updated', 'warning'),
        fact('Strategy', 'RollingUpdate, 25% surge, 25% unavailable'),
        fact('Images', 'registry.example.net/shop/web:2.14.1'),
        fact('Service account', 'web', 'none', refOf('serviceaccounts', 'web')),
        fact('Last rollout', '', 'none', null, now - 40 * MINUTE),
      ],
      conditions: [
        condition('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.', 'good'),
        condition(
          'Progressing',
          'False',
          'ProgressDeadlineExceeded',
          'ReplicaSet "web-7d9f6c5b8" has timed out progressing.',
          'bad',
        ),
      ],
      labels: [
        { key: 'app.kubernetes.io/name', value: 'web', cut: false },
        { key: 'team', value: 'storefront', cut: false },
      ],
      annotations: [
        { key: 'deployment.kubernetes.io/revision', value: '14', cut: false },
        { key: 'example.net/notes', value: `${'long words '.repeat(40)}`, cut: true },
      ],
    },
  )
}

function webSet(): FakeObject {
  return fakeObject(
    WEB_SET,
    {},
    { status: '2 of 3 ready', tone: 'warning', owners: [link(WEB, '2 of 3 ready', 'warning')] },
  )
}

function webPod(): FakeObject {
  return fakeObject(
    WEB_POD,
    { eventsWhy: 'ana may not list events in shop: forbidden by RBAC.' },
    {
      status: 'Running',
      owners: [link(WEB_SET, '2 of 3 ready', 'warning'), link(WEB, '2 of 3 ready', 'warning')],
      summary: [fact('Node', 'node-1', 'none', NODE), fact('IP', '10.42.3.17'), fact('Restarts', '4', 'warning')],
    },
  )
}

function secret(): FakeObject {
  const refused = 'The values of a Secret are hidden, so it can’t be edited here.'
  return fakeObject(
    SECRET,
    {
      refused,
      yaml: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: web-tls\n  namespace: shop\ntype: kubernetes.io/tls\ndata:\n  tls.crt: <hidden, 1,412 bytes>\n  tls.key: <hidden, 1,704 bytes>\n',
    },
    {
      status: 'kubernetes.io/tls',
      tone: 'none',
      hidden: 'Its values are hidden; Binnacle never shows them.',
      actions: [
        { id: 'edit', refused, replicas: -1 },
        { id: 'delete', refused: 'ana may not delete secrets in shop.', replicas: -1 },
      ],
    },
  )
}

/** A ConfigMap of 10,000 lines. */
function huge(): FakeObject {
  const lines = Array.from({ length: 9_990 }, (_, i) => `    item-${i}: "A thing of the catalogue, number ${i}"`)
  return fakeObject(
    HUGE,
    {
      yaml: `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: catalogue\n  namespace: shop\ndata:\n  catalogue.yaml: |\n${lines.join('\n')}\n`,
    },
    { status: '1 key', tone: 'none' },
  )
}

function node(): FakeObject {
  return fakeObject(
    NODE,
    { deletion: { groups: [], finalizers: [], warnings: ['Its machine goes on running.'] } },
    {
      status: 'Ready',
      conditions: [condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status', 'good')],
    },
  )
}

function event(reason: string, message: string, last: number, count = 1, warning = false): ObjectEvent {
  return { warning, reason, message, source: 'deployment-controller', count, first: last - 20 * MINUTE, last }
}

function condition(type: string, status: string, reason: string, message: string, tone: Tone) {
  return { type, status, reason, message, since: Date.now() - 40 * MINUTE, tone }
}
