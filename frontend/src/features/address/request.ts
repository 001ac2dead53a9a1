// What the person enters for a way to sign in, and the request that becomes of it. Pure; secrets are no part of it.
import type { Way, WayRequest } from '../../wails/model'

export interface WayDraft {
  clientID: string
  /** Dex' connector; '' lets the person choose there. */
  connector: string
  device: boolean
  /** As typed, with spaces between. */
  scopes: string
  audience: string
  nameClaim: string
  /** As typed: one key=value a line. */
  params: string
  redirectHost: string
  /** As typed: ports with commas between. */
  redirects: string
}

export type DraftErrors = Partial<Record<keyof WayDraft, string>>

/** What was found, to begin with. */
export function draftOf(way: Way): WayDraft {
  return {
    clientID: way.clientID,
    connector: '',
    device: false,
    scopes: way.scopes.join(' '),
    audience: '',
    nameClaim: '',
    params: '',
    redirectHost: '',
    redirects: '',
  }
}

/** What is wrong with a draft, by field. Go has the last word. */
export function checkDraft(way: Way, draft: WayDraft): DraftErrors {
  const errors: DraftErrors = {}
  if (way.kind !== 'oidc') return errors
  if (draft.clientID.trim() === '')
    errors.clientID = 'The provider’s administrator gave the API server a client ID. Type it.'
  if (portsOf(draft.redirects) === null)
    errors.redirects = 'Ports are whole numbers from 1 to 65535, with commas between.'
  if (paramsOf(draft.params) === null) errors.params = 'One key=value a line.'
  return errors
}

/** The request; the draft has been checked. `given` is what no draft holds. */
export function requestOf(
  way: Way,
  draft: WayDraft,
  given: Pick<WayRequest, 'trust' | 'trustIssuer' | 'tlsName' | 'clientSecret' | 'token'>,
): WayRequest {
  return {
    way: way.id,
    ...given,
    // Go proposes one; the wizard's next step asks for it.
    name: '',
    clientID: draft.clientID.trim(),
    scopes: draft.scopes.split(/[\s,]+/).filter(Boolean),
    params: paramsOf(draft.params) ?? {},
    audience: draft.audience.trim(),
    connector: draft.connector.trim(),
    nameClaim: draft.nameClaim.trim(),
    redirects: portsOf(draft.redirects) ?? [],
    redirectHost: draft.redirectHost.trim(),
    device: draft.device,
  }
}

function portsOf(text: string): number[] | null {
  const ports = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number)
  return ports.every((port) => Number.isInteger(port) && port > 0 && port < 65_536) ? ports : null
}

function paramsOf(text: string): Record<string, string> | null {
  const params = new Map<string, string>()
  for (const line of text
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean)) {
    const at = line.indexOf('=')
    if (at < 1) return null
    params.set(line.slice(0, at).trim(), line.slice(at + 1).trim())
  }
  return Object.fromEntries(params)
}
