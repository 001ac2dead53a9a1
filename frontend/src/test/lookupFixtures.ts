import type { Certificate, Check, Lookup, Way } from '../wails/model'

const DAY = 86_400_000

/** One way to sign in; every field can be overridden. */
export function way(id: string, over: Partial<Way> = {}): Way {
  return {
    id,
    kind: 'oidc',
    title: 'OIDC at dex.example.net',
    from: 'the server says so',
    issuer: 'https://dex.example.net',
    clientID: 'binnacle',
    scopes: ['openid', 'email', 'groups', 'offline_access'],
    dex: false,
    connectors: [],
    device: false,
    warning: '',
    problem: '',
    certificate: null,
    ...over,
  }
}

export const dexWay = way('w1', {
  title: 'Dex at dex.example.net',
  dex: true,
  device: true,
  connectors: [
    { id: 'google', name: 'Google' },
    { id: 'ldap', name: 'Company LDAP' },
  ],
})

export const tokenWay = way('w8', {
  kind: 'token',
  title: 'A bearer token that you have',
  from: '',
  issuer: '',
  clientID: '',
  scopes: [],
})

const richWays: Way[] = [
  dexWay,
  way('w2', {
    title: 'OIDC at login.example.org',
    from: 'the cluster harbour uses it',
    issuer: 'https://login.example.org/realms/fleet',
    clientID: '',
    warning: 'Tokens of this issuer are usually not taken by an API server.',
  }),
  way('w3', {
    title: 'OIDC at old.example.net',
    issuer: 'https://old.example.net',
    problem: 'old.example.net does not answer.',
  }),
  tokenWay,
  { ...tokenWay, id: 'w9', kind: 'kubeconfig', title: 'A kubeconfig that you have' },
]

export const authority: Certificate = {
  fingerprint: '5f0a3c9e7b1d2e4f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7',
  subject: 'CN=harbour-ca',
  issuer: 'CN=harbour-ca',
  expiresAt: Date.now() + 9 * 365 * DAY,
  isCA: true,
  names: [],
  problem: 'It is signed by an authority that this machine does not know.',
}

/** What a look-up found: an unknown CA, a T4K console and every kind of way. */
export function lookup(ticket: string, over: Partial<Lookup> = {}): Lookup {
  return {
    seq: 1,
    ticket,
    address: 'harbour.example.net',
    state: 'found',
    problem: '',
    steps: lookupSteps,
    server: 'https://harbour.example.net:6443',
    plain: false,
    certificate: authority,
    version: 'v1.34.2',
    distribution: 'upstream',
    console: 'This is the address of a T4K console; the API server behind it was found.',
    suggested: [],
    notes: ['Anonymous users may not read the version; it was read from the certificate’s server.'],
    ways: richWays,
    ...over,
  }
}

/** By what was typed: "nowhere" fails, "pinned" has no CA, "plain" is http, "trusted" needs no trust, "openshift" is one. */
export function lookupFor(ticket: string, address: string): Lookup {
  const found = (over: Partial<Lookup>) => lookup(ticket, { address, ...over })
  if (address.includes('nowhere'))
    return found({
      state: 'failed',
      problem: 'No server answers at nowhere.example.net. Check the spelling, the VPN and the network.',
      steps: [check('dns', 'Find the host', 'failed', 'No such host.')],
      server: '',
      certificate: null,
      ways: [],
      notes: [],
      suggested: ['https://api.nowhere.example.net:6443'],
      console: '',
    })
  if (address.includes('pinned')) return found({ certificate: { ...authority, isCA: false, subject: 'CN=pinned' } })
  if (address.includes('plain')) return found({ plain: true, server: 'http://plain.example.net', certificate: null })
  if (address.includes('openshift'))
    return found({
      certificate: null,
      distribution: 'openshift',
      console: '',
      notes: [],
      ways: [way('w1', { kind: 'openshift', title: 'OpenShift’s own sign-in', issuer: 'https://oauth.example.net' })],
    })
  return address.includes('trusted') ? found({ certificate: null }) : found({})
}

const check = (id: string, title: string, state: string, detail: string): Check => ({
  id,
  title,
  state,
  detail,
  ms: 12,
})

const lookupSteps: Check[] = [
  check('reach', 'Reach the server', 'ok', 'harbour.example.net:6443 answers.'),
  check('tls', 'Check its certificate', 'warning', 'Signed by an authority that this machine does not know.'),
  check('what', 'See what it is', 'ok', 'Kubernetes v1.34.2'),
  check('ways', 'Look for ways to sign in', 'ok', 'Found 3.'),
]
