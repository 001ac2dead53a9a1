import { DAY } from '../../lib/time'
import type { Member } from '../../wails/model'

export type Urgency = 'expired' | 'week' | 'month' | 'none'

export interface Expiry {
  /** Unix milliseconds. */
  at: number
  what: 'credential' | 'server certificate'
}

/** What of a member expires first; null when nothing is known to. */
export function soonest(m: Pick<Member, 'expiresAt' | 'serverCertExpires'>): Expiry | null {
  const both: Expiry[] = []
  if (m.expiresAt > 0) both.push({ at: m.expiresAt, what: 'credential' })
  if (m.serverCertExpires > 0) both.push({ at: m.serverCertExpires, what: 'server certificate' })
  return both.sort((a, b) => a.at - b.at)[0] ?? null
}

/** How much it presses: warns below 30 days, more below 7. */
export function urgency(at: number, now: number): Urgency {
  if (at <= now) return 'expired'
  if (at - now < 7 * DAY) return 'week'
  return at - now < 30 * DAY ? 'month' : 'none'
}
