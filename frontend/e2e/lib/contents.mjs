// What the clusters of the pane hold: everyday things that live, and things that somebody wrote who means no good.
import { gzipSync } from 'node:zlib'
import { definitions } from './applications.mjs'

/** Text that would run, or colour, or turn, if anybody took it for more than text. */
export const hostile = {
  html: '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>',
  escapes: '\u001b[31mred\u001b[0m \u202edlrow',
  status: '<b onclick=pwned=1>\u001b[31mReady\u202edlrow',
}

const meta = (name, namespace, more = {}) => ({ metadata: { name, ...(namespace ? { namespace } : {}), ...more } })

const template = (app) => ({
  metadata: { labels: { app } },
  spec: { containers: [{ name: 'main', image: `registry.example.test/${app}:1.0` }], terminationGracePeriodSeconds: 0 },
})

const workload = (kind, name, replicas) => ({
  apiVersion: 'apps/v1',
  kind,
  ...meta(name, 'shop', { labels: { app: name } }),
  spec: { replicas, serviceName: name, selector: { matchLabels: { app: name } }, template: template(name) },
})

const deployment = (name, replicas) => {
  const made = workload('Deployment', name, replicas)
  delete made.spec.serviceName
  return made
}

/** A pod without an owner, so that its name is known. */
export const pod = (name, namespace, labels = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  ...meta(name, namespace, { labels }),
  spec: template(name).spec,
})

export const configMap = (name, namespace, data, more) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  ...meta(name, namespace, more),
  data,
})

const widgets = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  ...meta('widgets.harbour.example.test'),
  spec: {
    group: 'harbour.example.test',
    names: { kind: 'Widget', plural: 'widgets', singular: 'widget', shortNames: ['wdg'] },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        additionalPrinterColumns: [
          { name: 'Status', type: 'string', jsonPath: '.spec.status' },
          { name: '<i>Note\u202e', type: 'string', jsonPath: '.spec.note' },
        ],
      },
    ],
  },
}

/** A widget of somebody's. */
export const widget = (name, status) => ({
  apiVersion: 'harbour.example.test/v1',
  kind: 'Widget',
  ...meta(name, 'wild', { annotations: { note: hostile.html } }),
  spec: { status, note: hostile.escapes },
})

export const secretValue = 'the-tide-turns-at-four'

/** As one text of manifests. */
export const manifests = (...objects) => objects.map((o) => JSON.stringify(o)).join('\n---\n')

const namespaces = ['shop', 'data', 'wild'].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', ...meta(name) }))

export const settings = configMap(
  'settings',
  'shop',
  { level: 'info', theme: 'light' },
  { labels: { app: 'web', tier: 'front' } },
)

/** What all clusters hold. */
export const common = [
  ...namespaces,
  settings,
  configMap('limits', 'data', { max: '5' }, { labels: { app: 'cache' } }),
  configMap(
    'strange',
    'wild',
    { 'page.html': hostile.html },
    { annotations: { note: hostile.html, turn: hostile.escapes } },
  ),
]

export const web = deployment('web', 2)

/** What those with live nodes hold besides. */
export const live = [
  ...definitions,
  pod('beacon', 'shop', { app: 'beacon', tier: 'front' }),
  pod('lantern', 'data', { app: 'lantern' }),
  web,
  workload('StatefulSet', 'ledger', 1),
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    ...meta('tide', 'data'),
    spec: {
      schedule: '0 4 * * *',
      jobTemplate: { spec: { template: { spec: { ...template('tide').spec, restartPolicy: 'Never' } } } },
    },
  },
  { apiVersion: 'v1', kind: 'Secret', ...meta('keys', 'shop'), stringData: { password: secretValue } },
  {
    apiVersion: 'v1',
    kind: 'Event',
    ...meta('strange.1', 'wild'),
    involvedObject: { apiVersion: 'v1', kind: 'ConfigMap', name: 'strange', namespace: 'wild' },
    type: 'Warning',
    reason: 'Strange',
    message: `${hostile.html} ${hostile.escapes}`,
    count: 3,
    firstTimestamp: new Date().toISOString().replace(/\.\d+/, ''),
    lastTimestamp: new Date().toISOString().replace(/\.\d+/, ''),
    source: { component: 'somebody' },
  },
]

export const onlyFirst = [widgets]

/** The record that Helm keeps of a release. */
export function helmRelease(name, namespace, version) {
  const record = {
    name,
    namespace,
    version: 1,
    info: { status: 'deployed', last_deployed: '2026-01-02T03:04:05Z', first_deployed: '2026-01-02T03:04:05Z' },
    chart: { metadata: { name, version, appVersion: version } },
    manifest: '',
  }
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'helm.sh/release.v1',
    ...meta(`sh.helm.release.v1.${name}.v1`, namespace, {
      labels: { owner: 'helm', name, version: '1', status: 'deployed' },
    }),
    stringData: { release: gzipSync(JSON.stringify(record)).toString('base64') },
  }
}
