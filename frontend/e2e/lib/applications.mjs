// Applications as operators, Argo CD, Flux and labels write them; the kinds take any object, as only their readers matter here.

/** Resource, group, version and kind of each. */
const kinds = [
  ['clusterserviceversions', 'operators.coreos.com', 'v1alpha1', 'ClusterServiceVersion'],
  ['applications', 'argoproj.io', 'v1alpha1', 'Application'],
  ['kustomizations', 'kustomize.toolkit.fluxcd.io', 'v1', 'Kustomization'],
  ['helmreleases', 'helm.toolkit.fluxcd.io', 'v2', 'HelmRelease'],
]

export const definitions = kinds.map(([plural, group, version, kind]) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.${group}` },
  spec: {
    group,
    scope: 'Namespaced',
    names: { plural, kind, singular: kind.toLowerCase(), listKind: `${kind}List` },
    versions: [
      {
        name: version,
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
}))

const named = (index, name, rest) => {
  const [, group, version, kind] = kinds[index]
  return { apiVersion: `${group}/${version}`, kind, metadata: { name, namespace: 'shop' }, ...rest }
}

const ready = (good, message) => [
  { type: 'Ready', status: good ? 'True' : 'False', reason: good ? 'Succeeded' : 'UpgradeFailed', message },
]

const labels = (version) => ({
  'app.kubernetes.io/name': 'jetty',
  'app.kubernetes.io/instance': 'jetty',
  'app.kubernetes.io/version': version,
})

/** One of each in a version, all well or not. */
export const applications = ({ version, good }) => [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'jetty', namespace: 'shop', labels: labels(version) },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'jetty' } },
      template: {
        metadata: { labels: { app: 'jetty', ...labels(version) } },
        spec: { containers: [{ name: 'main', image: `registry.example.test/jetty:${version}` }] },
      },
    },
  },
  named(0, `buoy-operator.v${version}`, {
    spec: { displayName: 'Buoys', version },
    status: { phase: good ? 'Succeeded' : 'Failed', message: good ? 'installed' : 'the install strategy failed' },
  }),
  named(1, 'payments', {
    spec: {
      source: { repoURL: 'https://bot:pass@git.example.test/payments', targetRevision: 'main' },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
    },
    status: {
      sync: { status: good ? 'Synced' : 'OutOfSync', revision: good ? '1'.repeat(40) : '2'.repeat(40) },
      health: { status: good ? 'Healthy' : 'Degraded', message: good ? '' : 'The image is not there' },
    },
  }),
  named(2, 'fleet-infra', {
    spec: { sourceRef: { kind: 'GitRepository', name: 'fleet' } },
    status: { lastAppliedRevision: `main@sha1:${(good ? 'a' : 'b').repeat(40)}`, conditions: ready(good, 'applied') },
  }),
  named(3, 'podinfo', {
    spec: { chart: { spec: { chart: 'podinfo', version: '>=1' } } },
    status: {
      history: [{ chartName: 'podinfo', chartVersion: version, appVersion: version }],
      conditions: ready(good, good ? 'upgraded' : 'timed out'),
    },
  }),
]

/** Where one version of them lies. */
export const pathsOf = (version) => [
  '/apis/apps/v1/namespaces/shop/deployments/jetty',
  ...[`buoy-operator.v${version}`, 'payments', 'fleet-infra', 'podinfo'].map((name, i) => {
    const [plural, group, served] = kinds[i]
    return `/apis/${group}/${served}/namespaces/shop/${plural}/${name}`
  }),
]
