// What the person has done about an address so far; it outlives the screen, so that going back loses nothing.
import type { Certificate, Lookup, Way } from '../../wails/model'
import { draftOf, type WayDraft } from './request'

export interface Address {
  /** The look-up's. */
  ticket: string
  /** The chosen way's id, '' takes the first that can be used. */
  way: string
  drafts: Readonly<Record<string, WayDraft>>
  /** The fingerprints that the person trusts: another certificate must be trusted anew. */
  trusted: readonly string[]
  /** The name to expect in the server's certificate, '' is the address'. */
  tlsName: string
}

export function addressOf(ticket: string): Address {
  return { ticket, way: '', drafts: {}, trusted: [], tlsName: '' }
}

/** A way that has a problem can be chosen only where trusting its issuer may end that. */
export function choosable(way: Way): boolean {
  return way.problem === '' || way.certificate !== null
}

/** The way that is chosen: the person's, else the first that can be used. */
export function chosenWay(address: Address, ways: readonly Way[]): Way | undefined {
  return ways.find((w) => w.id === address.way && choosable(w)) ?? ways.find((w) => w.problem === '')
}

export function draftFor(address: Address, way: Way): WayDraft {
  return address.drafts[way.id] ?? draftOf(way)
}

/** True when the person has ticked this certificate, or nothing needs it. */
export function isTrusted({ trusted }: Address, certificate: Certificate | null): boolean {
  return certificate === null || trusted.includes(certificate.fingerprint)
}

/** What has to be settled before the way can be used; '' is nothing. */
export function missing(address: Address, { certificate }: Lookup, way: Way): string {
  if (!isTrusted(address, certificate)) return 'First decide whether you trust the certificate.'
  const names = certificate?.names ?? []
  if (names.length > 0 && !names.includes(address.tlsName)) return 'First choose the name to expect.'
  if (!isTrusted(address, way.certificate)) return 'First decide whether you trust the provider’s certificate.'
  return way.problem === '' ? '' : 'This provider can’t be used yet.'
}

/** With that certificate trusted, or no longer. */
export function trusting(address: Address, { fingerprint }: Certificate, on: boolean): Address {
  const others = address.trusted.filter((one) => one !== fingerprint)
  return { ...address, trusted: on ? [...others, fingerprint] : others }
}
