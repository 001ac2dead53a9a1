import type { SignIn, SignInChoice } from '../wails/model'
import { inBrowser, signIn, withCode } from './signInFixtures'

/** The session's sign-ins with one of them changed; one that isn't there yet is begun. */
export function changed(all: readonly SignIn[], key: string, change: Partial<SignIn>): SignIn[] {
  const one = all.find((s) => s.key === key)
  if (one === undefined) return [...all, signIn(key, change)]
  return all.map((s) => (s === one ? { ...s, ...change } : s))
}

/** What a sign-in that was begun in that way shows. */
export function begun({ device }: SignInChoice): Partial<SignIn> {
  return { why: '', url: '', code: null, ...(device ? withCode() : inBrowser) }
}

export const cancelled: Partial<SignIn> = { state: 'needed', why: '', url: '', code: null }
export const signedOut: Partial<SignIn> = { state: 'needed', who: '', expiresAt: 0 }
