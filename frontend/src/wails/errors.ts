import type { Code, Failure } from './model'

const CODES: ReadonlySet<string> = new Set<Code>([
  'invalid',
  'notFound',
  'conflict',
  'denied',
  'login',
  'unreachable',
  'keychain',
  'passphrase',
  'busy',
  'internal',
])

/** Turns whatever was thrown into a Failure; what has no envelope is a fault of ours. */
export function toFailure(thrown: unknown): Failure {
  // Wails wraps the envelope, as text, in an Error.
  const text = thrown instanceof Error ? thrown.message : thrown
  const given = typeof text === 'string' ? parsed(text) : text
  if (isFailure(given)) return given
  return {
    code: 'internal',
    message: 'Something went wrong inside Binnacle.',
    hint: 'The log says more: Settings, Open log folder.',
  }
}

/** True for an error envelope as Go writes it. */
export function isFailure(value: unknown): value is Failure {
  if (typeof value !== 'object' || value === null) return false
  const { code, message } = value as { code?: unknown; message?: unknown }
  return typeof code === 'string' && CODES.has(code) && typeof message === 'string'
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
