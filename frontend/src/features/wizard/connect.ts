// Carries out what the wizard has gathered, so that a second try after a failure repeats nothing that was done.
import type { Backend } from '../../wails/backend'
import type { Candidate } from '../../wails/model'
import { adding, replacing } from './clash'
import { type Picks, pickOf } from './picks'
import { count } from './words'

/** Replaces first: adding ends the import. `done` holds the indexes whose credentials have been replaced. */
export async function connect(
  backend: Backend,
  ticket: string,
  picked: readonly Candidate[],
  picks: Picks,
  done: Set<number>,
): Promise<void> {
  for (const c of replacing(picked)) {
    if (done.has(c.index)) continue
    await backend.replaceCredentials(c.memberID, ticket, c.index)
    done.add(c.index)
  }
  const added = adding(picked)
  if (added.length > 0) await backend.addMembers({ ticket, picks: added.map((c) => pickOf(picks, c)) })
}

/** The words of the button that ends the wizard. */
export function connectWords(picked: readonly Candidate[]): string {
  const isDown = (c: Candidate) => c.tested && !c.passed
  const added = adding(picked)
  const replaced = replacing(picked)
  const down = added.filter(isDown).length
  const up = added.length - down
  if (added.length === 0) return replaced.some(isDown) ? 'Replace anyway' : 'Replace credentials'
  if (up === 0 && replaced.length === 0) return 'Save anyway'
  const parts = [
    up > 0 ? `connect ${count(up, 'cluster')}` : '',
    down > 0 ? `save ${down} anyway` : '',
    replaced.length > 0 ? `replace the credentials of ${replaced.length}` : '',
  ].filter(Boolean)
  const text = `${parts.slice(0, -1).join(', ')}${parts.length > 1 ? ' and ' : ''}${parts.at(-1)}`
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** What the notice says when it is done. */
export function doneWords(picked: readonly Candidate[]): string {
  const added = adding(picked).length
  const replaced = picked.length - added
  const parts = [
    added > 0 ? `Added ${count(added, 'cluster')}` : '',
    replaced > 0 ? `replaced the credentials of ${replaced}` : '',
  ].filter(Boolean)
  const text = parts.join(', ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
