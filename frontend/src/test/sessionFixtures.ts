import type { Conflict, Question, Session } from '../wails/model'

const MINUTE = 60_000

/** A ready, synced session; every field can be overridden. */
export function session(over: Partial<Session> = {}): Session {
  const now = Date.now()
  return {
    seq: 1,
    phase: 'ready',
    loginStep: '',
    primary: {
      viewID: 'v1',
      memberID: 'm1',
      name: 'harbour',
      server: 'https://harbour.example.net:6443',
      identity: 'ana',
      identityVerified: true,
      location: 'binnacle/binnacle-view-3f7a91c2d4e5b608',
    },
    sync: { state: 'synced', since: now - 2 * MINUTE, why: '', conflicts: [], question: null },
    seal: { mode: 'sealed', carries: true, locked: false },
    known: [
      {
        viewID: 'v1',
        name: 'harbour',
        server: 'https://harbour.example.net:6443',
        identity: 'ana',
        lastLogin: now - 20 * MINUTE,
        members: 12,
        current: true,
      },
      {
        viewID: 'v2',
        name: 'lighthouse',
        server: 'https://lighthouse.example.net:6443',
        identity: 'ana@example.net',
        lastLogin: now - 3 * 86_400_000,
        members: 4,
        current: false,
      },
    ],
    keychain: { state: 'ok', hint: '' },
    settings: { theme: 'system', density: 'comfortable', logLevel: 'info' },
    about: {
      version: '0.1.0',
      go: 'go1.26.1',
      os: 'linux/amd64',
      profile: '',
      folder: '/home/ana/.config/binnacle',
      logs: '/home/ana/.config/binnacle/logs',
    },
    undo: null,
    signIns: [],
    offered: '',
    ...over,
  }
}

export function conflicts(): Conflict[] {
  const when = Date.now() - 4 * MINUTE
  return [
    { id: 'c1', member: 'breakwater', field: 'name', mine: 'breakwater-staging', theirs: 'breakwater', when },
    { id: 'c2', member: 'quay-7', field: 'labels', mine: 'env=test, owner=ana', theirs: 'env=dev', when },
  ]
}

export function question(): Question {
  return {
    id: 'q1',
    title: 'The view on harbour was replaced',
    text: 'The Secret that held your view was deleted and made again 4 minutes ago, by someone or something else. Nothing is written until you choose.',
    choices: [
      { id: 'merge', label: 'Merge it with this machine’s view', danger: false },
      { id: 'theirs', label: 'Take the view on harbour', danger: false },
      { id: 'mine', label: 'Replace it with this machine’s view', danger: true },
    ],
  }
}

export const MISSING_HINT =
  'No Secret Service answers on this desktop. Install and start gnome-keyring or KWallet, then try again.'
