import type { Access, Fleet, Layout, Member, MemberState } from '../wails/model'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export const defaultLayout: Layout = { columns: [], sort: '', desc: false, groupBy: '' }

/** A ready member; every field can be overridden. */
export function member(id: string, name: string, over: Partial<Member> = {}): Member {
  const now = Date.now()
  return {
    id,
    name,
    color: '',
    group: '',
    labels: {},
    primary: false,
    server: `https://${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.example.net:6443`,
    tlsName: '',
    ca: '4f1d2c9b7a6e5d4c3b2a19080706050403020100ffeeddccbbaa998877665544',
    authKind: 'clientCertificate',
    state: 'ready',
    since: now - 3 * HOUR,
    cause: '',
    nextTry: 0,
    action: '',
    signIn: '',
    seen: now - 12_000,
    proposed: null,
    distribution: '',
    distributionByHand: false,
    version: 'v1.34.2',
    region: '',
    t4kState: 'installed',
    t4kVersion: '5.1.0',
    identity: 'ana',
    identityVerified: true,
    latencyMS: 24,
    expiresAt: now + 200 * DAY,
    serverCertExpires: now + 300 * DAY,
    access: { all: true, namespaces: [], missing: [] },
    guard: '',
    unlockedUntil: 0,
    ...over,
  }
}

/** Every state, every oddity. */
export function richMembers(): Member[] {
  return [...plainMembers(), ...signedMembers()]
}

/** Members that sign in, run a program, or show only a part of themselves. */
export function signedMembers(): Member[] {
  const now = Date.now()
  return [
    member('m13', 'north-star', {
      state: 'needsLogin',
      since: now - 4 * MINUTE,
      cause: 'Your session with dex.example.net has ended. Sign in again.',
      action: 'signIn',
      signIn: 's1',
      authKind: 'signIn',
      distribution: 'upstream',
      latencyMS: -1,
    }),
    member('m14', 'sextant', {
      state: 'needsLogin',
      since: now - 2 * MINUTE,
      cause: 'It wants to run aws. Look at it and allow it, or give other credentials.',
      action: 'approve',
      authKind: 'exec',
      distribution: 'eks',
      latencyMS: -1,
    }),
    member('m15', 'bosun', {
      state: 'needsLogin',
      since: now - MINUTE,
      cause: 'tsh wants to talk to you before it gives a token.',
      action: 'run',
      authKind: 'exec',
      distribution: 'k3s',
      latencyMS: -1,
    }),
    member('m16', 'galley', {
      signIn: 's2',
      authKind: 'signIn',
      identity: 'oidc:ana',
      distribution: 'openshift',
      t4kState: 'notVisible',
      t4kVersion: '',
      access: limitedAccess(),
    }),
  ]
}

/** What a person sees who may use two namespaces. */
export function limitedAccess(): Access {
  return {
    all: false,
    namespaces: ['galley-dev', 'galley-stage'],
    missing: [
      {
        what: 'The list of namespaces',
        why: 'oidc:ana may not list namespaces: forbidden by RBAC.',
        rule: [
          'apiVersion: rbac.authorization.k8s.io/v1',
          'kind: ClusterRole',
          'metadata:',
          '  name: binnacle-namespaces',
          'rules:',
          '  - apiGroups: [""]',
          '    resources: [namespaces]',
          '    verbs: [get, list, watch]',
        ].join('\n'),
      },
    ],
  }
}

function plainMembers(): Member[] {
  const now = Date.now()
  const prod = { env: 'production' }
  return [
    member('m1', 'harbour', {
      primary: true,
      color: 'blue',
      group: 'Europe',
      labels: { ...prod, region: 'eu-west' },
      distribution: 'openshift',
      version: 'v1.31.6+b8f5ef2',
      t4kVersion: '5.1.0',
      latencyMS: 11,
    }),
    member('m2', 'lighthouse', {
      color: 'teal',
      group: 'Europe',
      labels: { ...prod, region: 'eu-central' },
      distribution: 'eks',
      version: 'v1.33.5-eks-113cf36',
      latencyMS: 38,
      expiresAt: now + 21 * DAY,
    }),
    member('m3', 'breakwater', {
      color: 'green',
      group: 'Europe',
      labels: { env: 'staging' },
      distribution: 'gke',
      version: 'v1.34.1-gke.2037001',
      t4kState: 'notInstalled',
      t4kVersion: '',
      authKind: 'token',
      latencyMS: 52,
      expiresAt: now + 5 * DAY,
    }),
    member('m4', 'drydock', {
      state: 'needsCredentials',
      since: now - 40 * MINUTE,
      cause: 'This machine has no credentials for drydock yet.',
      color: 'orange',
      group: 'Americas',
      labels: { env: 'staging' },
      distribution: 'aks',
      version: 'v1.33.4',
      t4kState: 'notVisible',
      t4kVersion: '',
      identityVerified: false,
      latencyMS: -1,
      seen: now - 2 * DAY,
    }),
    member('m5', 'jetty-customer-facing-payments-and-settlement-eu-west-1', {
      state: 'needsLogin',
      since: now - 6 * MINUTE,
      cause: 'The server refused the token (401). It expired 6 minutes ago.',
      action: 'replaceCredentials',
      color: 'purple',
      group: 'Americas',
      labels: { ...prod, team: 'payments', tier: 'gold' },
      distribution: 'rke2',
      version: 'v1.32.9+rke2r1',
      authKind: 'token',
      identity: 'system:serviceaccount:payments:deployer',
      expiresAt: now - 6 * MINUTE,
      latencyMS: -1,
    }),
    member('m6', 'lock-keeper', {
      state: 'denied',
      since: now - 25 * HOUR,
      cause: 'ana may not read this cluster’s version: forbidden by RBAC.',
      color: 'red',
      group: 'Americas',
      distribution: 'k3s',
      version: 'v1.33.1+k3s1',
      t4kState: 'notVisible',
      t4kVersion: '',
      latencyMS: 71,
    }),
    member('m7', 'outer-buoy', {
      state: 'unreachable',
      since: now - 17 * MINUTE,
      nextTry: now + 45_000,
      cause: 'No answer from outer-buoy.example.net:6443 within 5 s. Check the VPN or the network.',
      color: 'grey',
      group: 'Edge',
      labels: { env: 'edge', site: 'north' },
      distribution: 'microk8s',
      version: 'v1.32.3',
      latencyMS: -1,
      seen: now - 17 * MINUTE,
    }),
    member('m8', 'tidewater', {
      state: 'connecting',
      since: now - 3000,
      color: 'yellow',
      group: 'Edge',
      labels: { env: 'edge' },
      distribution: 'talos',
      version: '',
      t4kState: '',
      t4kVersion: '',
      identity: '',
      identityVerified: false,
      latencyMS: -1,
      seen: 0,
      expiresAt: 0,
      serverCertExpires: 0,
    }),
    member('m9', 'slipway', {
      state: 'off',
      since: now - 9 * DAY,
      group: 'Edge',
      distribution: 'kind',
      version: 'v1.30.0',
      t4kState: 'notInstalled',
      t4kVersion: '',
      latencyMS: -1,
      seen: now - 9 * DAY,
    }),
    member('m10', 'quay-7', {
      color: 'orangered',
      labels: { env: 'test', owner: 'ana' },
      distribution: 'rancher',
      distributionByHand: true,
      version: 'v1.33.0',
      t4kVersion: '4.2.2',
      identityVerified: false,
      authKind: 'none',
      expiresAt: 0,
      latencyMS: 140,
    }),
    member('m11', 'mooring', {
      state: 'needsCredentials',
      since: now - 3 * MINUTE,
      cause: 'The view names another server for mooring. Confirm it before anything is sent there.',
      proposed: {
        server: 'https://mooring-new.example.net:6443',
        ca: '9a8b7c6d5e4f30211203f4e5d6c7b8a99a8b7c6d5e4f30211203f4e5d6c7b8a9',
        tlsName: '',
      },
      color: 'teal',
      labels: { env: 'test' },
      distribution: 'upstream',
      version: 'v1.34.0',
      latencyMS: -1,
    }),
    member('m12', 'fog-signal', {
      authKind: 'basic',
      identity: 'admin',
      distribution: '',
      version: 'v1.27.16',
      t4kState: '',
      t4kVersion: '',
      latencyMS: 310,
      serverCertExpires: now + 2 * DAY,
      expiresAt: 0,
    }),
  ]
}

/** Those of the rich fleet with these names; few rows keep tests quick. */
export function someMembers(...names: string[]): Member[] {
  return richMembers().filter((m) => names.includes(m.name))
}

/** Few columns, for the same reason. */
export const narrowLayout: Layout = { ...defaultLayout, columns: ['name', 'state'] }

const STATES: MemberState[] = [
  'ready',
  'ready',
  'ready',
  'ready',
  'unreachable',
  'ready',
  'needsLogin',
  'ready',
  'off',
  'ready',
]
const DISTROS = ['openshift', 'eks', 'gke', 'aks', 'rke2', 'k3s', '']
const COLORS = ['', 'blue', 'teal', 'green', 'orange', 'purple']

/** n members for the virtualised table. */
export function manyMembers(n: number): Member[] {
  return Array.from({ length: n }, (_, i) =>
    member(`m${i + 1}`, `cluster-${String(i + 1).padStart(3, '0')}`, {
      primary: i === 0,
      state: i === 0 ? 'ready' : (STATES[i % STATES.length] ?? 'ready'),
      distribution: DISTROS[i % DISTROS.length] ?? '',
      color: COLORS[i % COLORS.length] ?? '',
      group: ['Europe', 'Americas', 'Asia'][i % 3] ?? '',
      labels: { env: i % 2 ? 'production' : 'staging' },
      latencyMS: 8 + ((i * 37) % 190),
    }),
  )
}

export function fleetOf(members: Member[], layout: Layout = defaultLayout): Fleet {
  return { seq: 1, members, layout }
}
