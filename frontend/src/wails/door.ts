import { toFailure } from './errors'

interface Bound {
  [method: string]: ((...args: unknown[]) => Promise<unknown>) | undefined
}

declare global {
  interface Window {
    go?: { main?: { App?: Bound } }
  }
}

/** Runs a bound method: for what is small both ways. */
export async function call<T>(name: string, ...args: unknown[]): Promise<T> {
  try {
    const method = window.go?.main?.App?.[name]
    if (!method) throw new Error(`no bound method ${name}`)
    return (await method(...args)) as T
  } catch (thrown) {
    throw toFailure(thrown)
  }
}

/** Fetches from Go's handler, of the same origin; rejects with a Failure. */
export async function request(path: string, init?: RequestInit): Promise<Response> {
  try {
    const response = await fetch(path, { cache: 'no-store', ...init })
    if (response.status >= 400) throw await response.json()
    return response
  } catch (thrown) {
    throw toFailure(thrown)
  }
}

export function post(path: string, body: unknown): Promise<Response> {
  return request(path, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } })
}

/** Fetches JSON, with a body by POST and without one by GET. */
export async function json<T>(path: string, body?: unknown): Promise<T> {
  const response = body === undefined ? await request(path) : await post(path, body)
  try {
    return (await response.json()) as T
  } catch (thrown) {
    throw toFailure(thrown)
  }
}
