// Go's ids in words.
const AUTH: Record<string, string> = {
  clientCertificate: 'Client certificate',
  token: 'Token',
  tokenFile: 'Token in a file',
  basic: 'User name and password',
  exec: 'Runs a program',
  authProvider: 'Legacy auth provider',
  signIn: 'Identity provider',
  none: 'No credentials',
}

/** How a candidate signs in. One that this page doesn't know is shown as Go names it. */
export function authWords(kind: string): string {
  return AUTH[kind] ?? kind
}

/** The CA for a narrow place. */
export function caWords(ca: string): string {
  if (ca === '') return 'The system’s certificates'
  if (ca === 'insecure') return 'Not checked'
  return `${ca.slice(0, 8)}…${ca.slice(-8)}`
}

/** True when the CA is a fingerprint that can be compared and copied. */
export function isFingerprint(ca: string): boolean {
  return ca !== '' && ca !== 'insecure'
}

/** "1 cluster", "3 clusters". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}
