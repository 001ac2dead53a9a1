import type { App, AppInstance, AppMember, Apps } from '../wails/model'

const HOUR = 3_600_000

/** An application that is fine in one namespace of one member; every field can be overridden. */
export function instance(member: string, name: string, over: Partial<AppInstance> = {}): AppInstance {
  return {
    member,
    namespace: name,
    name,
    chart: name,
    version: '1.0.0',
    app: '1.0.0',
    revision: '1',
    status: 'deployed',
    tone: 'good',
    message: '',
    images: [`docker.io/example/${name}:1.0.0`],
    updated: Date.now() - 30 * HOUR,
    ref: { member, kind: 'secrets', namespace: name, name: `sh.helm.release.v1.${name}.v1`, uid: '' },
    selector: `app.kubernetes.io/instance=${name}`,
    workloads: [],
    moreWorkloads: 0,
    ...over,
  }
}

export function app(name: string, instances: AppInstance[], over: Partial<App> = {}): App {
  return { key: `helm/${name}`, name, source: 'helm', tone: 'good', instances, drift: [], ...over }
}

/** An ingress controller in three clusters, each a little different, and failed in one. */
export function driftingApp(): App {
  const image = (tag: string) => [
    `registry.example.net/ingress-nginx/controller:${tag}`,
    'registry.example.net/ingress-nginx/kube-webhook-certgen:v1.4.3',
    'registry.example.net/ingress-nginx/opentelemetry:v20230721',
  ]
  const of = (member: string, version: string, tag: string, over: Partial<AppInstance> = {}) =>
    instance(member, 'ingress-nginx', {
      version,
      app: tag.slice(1),
      revision: '7',
      images: image(tag),
      updated: Date.now() - HOUR,
      ...over,
    })
  const failed = {
    status: 'failed',
    tone: 'bad',
    message: 'Upgrade "ingress-nginx" failed: timed out waiting for the condition',
  } as const
  return app(
    'ingress-nginx',
    [of('m1', '4.11.3', 'v1.11.3'), of('m2', '4.11.3', 'v1.11.3'), of('m10', '4.9.0', 'v1.9.5', failed)],
    {
      tone: 'bad',
      drift: [
        { field: 'version', values: apart('4.11.3', '4.9.0') },
        { field: 'app', values: apart('1.11.3', '1.9.5') },
        { field: 'image controller', values: apart('v1.11.3', 'v1.9.5') },
        { field: 'status', values: apart('deployed', 'failed') },
      ],
    },
  )
}

function apart(most: string, one: string) {
  return [
    { value: most, members: ['m1', 'm2'] },
    { value: one, members: ['m10'] },
  ]
}

/** Applications of every source, in the rich fleet. */
export function someApps(): App[] {
  const ref = (member: string, kind: string, namespace: string, name: string) => ({
    member,
    kind,
    namespace,
    name,
    uid: '',
  })
  return [
    driftingApp(),
    app(
      'cert-manager',
      ['m1', 'm2', 'm3', 'm10', 'm12'].map((m) => instance(m, 'cert-manager', { version: 'v1.16.2' })),
    ),
    app('prometheus', [instance('m1', 'prometheus', { status: 'pending-upgrade', tone: 'busy', version: '25.27.0' })], {
      tone: 'busy',
    }),
    app(
      'elastic-operator',
      [
        instance('m1', 'elastic-operator', {
          namespace: 'openshift-operators',
          chart: 'elasticsearch-eck-operator-certified',
          version: '2.15.0',
          app: '',
          revision: '',
          status: 'Succeeded',
          ref: ref('m1', 'subscriptions.operators.coreos.com', 'openshift-operators', 'elastic-operator'),
          selector: '',
        }),
      ],
      { key: 'operator/elastic-operator', source: 'operator' },
    ),
    app(
      'storefront',
      [
        instance('m2', 'storefront', {
          namespace: 'web',
          chart: '',
          revision: '',
          version: '',
          app: '5.2.1',
          status: '4 of 5 ready',
          tone: 'warning',
          ref: ref('m2', 'deployments.apps', 'web', 'storefront'),
          workloads: [ref('m2', 'deployments.apps', 'web', 'storefront')],
          updated: 0,
        }),
      ],
      { key: 'labels/storefront', source: 'labels', tone: 'warning' },
    ),
    app(
      'payments',
      [
        instance('m1', 'payments', {
          namespace: 'argocd',
          chart: 'payments-config',
          version: '9f3c2aa',
          status: 'OutOfSync, Healthy',
          tone: 'warning',
          ref: ref('m1', 'applications.argoproj.io', 'argocd', 'payments'),
          selector: '',
        }),
      ],
      { key: 'argo/payments', source: 'argo', tone: 'warning' },
    ),
    app(
      'podinfo',
      ['m3', 'm16'].map((m) =>
        instance(m, 'podinfo', {
          ref: ref(m, 'helmreleases.helm.toolkit.fluxcd.io', 'podinfo', 'podinfo'),
          status: 'Ready',
        }),
      ),
      { key: 'flux/podinfo', source: 'flux' },
    ),
  ]
}

export function appMember(id: string, over: Partial<AppMember> = {}): AppMember {
  return { id, state: 'read', missing: [], ...over }
}

/** All of it as it is when it was read; every field can be overridden. */
export function appsOf(over: Partial<Apps> = {}): Apps {
  return {
    seq: 2,
    apps: someApps(),
    members: [
      ...['m1', 'm2', 'm3', 'm10', 'm12'].map((id) => appMember(id)),
      appMember('m16', { missing: ['Helm releases: oidc:ana may not list secrets in galley-stage.'] }),
      appMember('m6', { state: 'failed', missing: ['ana may not read anything there.'] }),
    ],
    read: Date.now() - 90_000,
    reading: false,
    ...over,
  }
}

/** Before the page was open. */
export function appsUnread(): Apps {
  return { seq: 1, apps: [], members: [], read: 0, reading: false }
}

/** n applications in many clusters. */
export function manyApps(n: number): App[] {
  return Array.from({ length: n }, (_, i) => {
    const name = `app-${String(i + 1).padStart(4, '0')}`
    return app(name, [instance('m1', name), instance('m2', name)])
  })
}
