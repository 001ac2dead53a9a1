import type { Candidate, Check, Import } from '../wails/model'

/** One candidate; every field can be overridden. */
export function candidate(index: number, context: string, over: Partial<Candidate> = {}): Candidate {
  return {
    index,
    source: 'config',
    context,
    cluster: context,
    user: 'ana',
    namespace: '',
    current: index === 0,
    name: context,
    server: `https://${context}.example.net:6443`,
    tlsName: '',
    ca: '77aa99bb4f1d2c9b7a6e5d4c3b2a19080706050403020100ffeeddccbbaa9988',
    authKind: 'clientCertificate',
    identity: 'ana',
    expiresAt: Date.now() + 200 * 86_400_000,
    native: '',
    converted: false,
    signIn: '',
    given: true,
    flags: [],
    problem: '',
    memberID: '',
    memberName: '',
    nameTaken: false,
    checks: [],
    tested: false,
    passed: false,
    ...over,
  }
}

/** A file with a good context, a member again, two exec plugins, an insecure one, an expired one and a broken one. */
export function richImport(ticket: string): Import {
  return {
    seq: 1,
    ticket,
    testing: false,
    sources: [
      {
        name: 'config',
        folder: '~/.kube',
        problem: '',
        notes: ['Context old-lab names the user bob, which the file does not have.'],
      },
      {
        name: 'broken.yaml',
        folder: '~/Downloads',
        problem: 'line 14: mapping values are not allowed here',
        notes: [],
      },
    ],
    candidates: [
      candidate(0, 'north-pier'),
      candidate(1, 'harbour', { memberID: 'm1', memberName: 'harbour', nameTaken: true }),
      candidate(2, 'pilot-boat', {
        authKind: 'exec',
        flags: [
          {
            kind: 'exec',
            severity: 'danger',
            title: 'Wants to run a program',
            detail: 'aws eks get-token --cluster-name pilot-boat',
          },
        ],
      }),
      candidate(3, 'sandbar', {
        ca: 'insecure',
        authKind: 'token',
        flags: [
          {
            kind: 'insecure',
            severity: 'danger',
            title: 'Does not check the server',
            detail: 'insecure-skip-tls-verify is set: anyone on the way can read and change what is sent.',
          },
          { kind: 'file', severity: 'warning', title: 'Reads a file', detail: 'tokenFile: /var/run/token' },
        ],
      }),
      candidate(4, 'old-chart', {
        expiresAt: Date.now() - 86_400_000,
        flags: [
          {
            kind: 'expired',
            severity: 'warning',
            title: 'The certificate has expired',
            detail: 'It was valid until yesterday.',
          },
        ],
      }),
      candidate(6, 'spinnaker', {
        authKind: 'exec',
        identity: '',
        expiresAt: 0,
        native: 'OIDC sign-in at dex.example.net',
        flags: [
          {
            kind: 'exec',
            severity: 'danger',
            title: 'Wants to run a program',
            detail: 'kubectl oidc-login get-token --oidc-issuer-url=https://dex.example.net',
          },
        ],
      }),
      candidate(5, 'old-lab', { user: 'bob', authKind: 'none', problem: 'The file has no user named bob.' }),
    ],
  }
}

/** How a test of a candidate ends: the insecure one warns, the expired one fails at whoami. */
export function checksFor(context: string): Check[] {
  const expired = context === 'old-chart'
  const rows: [string, string, string][] = [
    ['reach', 'Reach the server', 'Answered in 18 ms.'],
    ['tls', 'Check its certificate', 'Valid for 300 days.'],
    ['whoami', 'Ask who you are', 'ana, in system:authenticated.'],
    ['rights', 'Ask what you may do', 'May list namespaces.'],
    ['version', 'Read its version', 'v1.34.2'],
    ['t4k', 'Look for T4K', '5.1.0'],
  ]
  return rows.map(([id, title, detail], i) => {
    if (expired && id === 'whoami')
      return {
        id,
        title,
        state: 'failed',
        detail: 'The server refused the certificate (401): it has expired. Get a new kubeconfig.',
        ms: 12,
      }
    if (expired && i > 2) return { id, title, state: 'skipped', detail: 'Needs a sign-in first.', ms: 0 }
    if (context === 'sandbar' && id === 'tls')
      return { id, title, state: 'warning', detail: 'Not checked: the kubeconfig says so.', ms: 3 }
    return { id, title, state: 'ok', detail, ms: 9 + i * 4 }
  })
}
