import type { SignIn } from '../wails/model'

const MINUTE = 60_000

/** A session that needs the person; every field can be overridden. */
export function signIn(key: string, over: Partial<SignIn> = {}): SignIn {
  return {
    key,
    issuer: 'https://dex.example.net',
    title: 'dex.example.net',
    connector: '',
    state: 'needed',
    why: '',
    who: '',
    expiresAt: 0,
    members: [],
    memberIDs: [],
    url: '',
    code: null,
    device: true,
    browser: true,
    plain: false,
    ...over,
  }
}

export const inBrowser: Partial<SignIn> = { state: 'browser', url: 'http://127.0.0.1:40613/begin' }

/** What the person is shown while they type a code on another device. */
export function withCode(): Partial<SignIn> {
  return {
    state: 'device',
    code: {
      code: 'WDJB-MJHT',
      url: 'https://dex.example.net/device',
      completeURL: 'https://dex.example.net/device?user_code=WDJB-MJHT',
      expiresAt: Date.now() + 5 * MINUTE,
    },
  }
}

export function signedIn(): Partial<SignIn> {
  return { state: 'ok', who: 'ana@example.net', expiresAt: Date.now() + 50 * MINUTE }
}

/** The rich fleet's: one that needs the person, one that failed, one that is in order. */
export function richSignIns(): SignIn[] {
  return [
    signIn('s1', { connector: 'ldap', members: ['north-star'], memberIDs: ['m13'] }),
    signIn('s3', {
      title: 'login.example.org',
      issuer: 'http://login.example.org/realms/fleet',
      state: 'failed',
      why: 'The provider refused: access_denied. You are not in the group that may use this client.',
      members: ['quay-7', 'fog-signal'],
      memberIDs: ['m10', 'm12'],
      device: false,
      plain: true,
    }),
    signIn('s2', {
      title: 'OpenShift of galley',
      issuer: 'https://oauth.galley.example.net',
      members: ['galley'],
      memberIDs: ['m16'],
      device: false,
      ...signedIn(),
    }),
  ]
}
