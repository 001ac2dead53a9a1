// Which context of an import fits a member, and what would change with it.
import type { Candidate, Member } from '../../wails/model'

/** The candidates, those of the member's own server first; the order among equals is Go's. */
export function forMember(candidates: readonly Candidate[], member: Member): Candidate[] {
  const rank = (c: Candidate) => (c.server !== member.server ? 2 : c.identity === member.identity ? 0 : 1)
  return candidates.toSorted((a, b) => rank(a) - rank(b))
}

/** The one to begin with: the first of the member's own server that can be used. */
export function bestFor(candidates: readonly Candidate[], member: Member): Candidate | undefined {
  return forMember(candidates, member).find((c) => c.problem === '' && c.server === member.server)
}

export interface Difference {
  what: 'Server' | 'CA' | 'TLS name' | 'User'
  now: string
  next: string
}

/** Where the credential would go to another place, or be another person's, than the member's is. */
export function differences(member: Member, c: Candidate): Difference[] {
  const rows: Difference[] = [
    { what: 'Server', now: member.server, next: c.server },
    { what: 'CA', now: member.ca, next: c.ca },
    { what: 'TLS name', now: member.tlsName, next: c.tlsName },
  ]
  if (member.identity !== '' && c.identity !== '') rows.push({ what: 'User', now: member.identity, next: c.identity })
  return rows.filter((row) => row.now !== row.next)
}
