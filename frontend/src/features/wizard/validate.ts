// What can be wrong with the drafts of a wizard, by field. Go judges again; this only spares a round trip.

import { hasUnseen } from '../../lib/visible'
import type { Candidate } from '../../wails/model'
import { parseLabels } from './labels'
import { type Draft, draftOf, type Picks } from './picks'

export interface DraftErrors {
  name: string
  group: string
  labels: string
}

const MOST = 253

/** The errors of the drafts that have any, by candidate index, in the order given. */
export function checkDrafts(
  picks: Picks,
  adding: readonly Candidate[],
  memberNames: ReadonlySet<string>,
): Map<number, DraftErrors> {
  const drafts = adding.map((c): [number, Draft] => [c.index, draftOf(picks, c)])
  const times = new Map<string, number>()
  for (const [, draft] of drafts) times.set(draft.name.trim(), (times.get(draft.name.trim()) ?? 0) + 1)
  const errors = new Map<number, DraftErrors>()
  for (const [index, draft] of drafts) {
    const found: DraftErrors = {
      name: nameError(draft.name.trim(), memberNames, times),
      group: textError(draft.group.trim()),
      labels: parseLabels(draft.labels).error,
    }
    if (found.name !== '' || found.group !== '' || found.labels !== '') errors.set(index, found)
  }
  return errors
}

function nameError(name: string, memberNames: ReadonlySet<string>, times: ReadonlyMap<string, number>): string {
  if (name === '') return 'Give it a name.'
  const wrong = textError(name)
  if (wrong !== '') return wrong
  if (memberNames.has(name)) return 'A cluster in your view has this name.'
  return (times.get(name) ?? 0) > 1 ? 'Two of these have this name.' : ''
}

function textError(text: string): string {
  if (hasUnseen(text)) return 'It holds characters that can’t be seen. Type it again.'
  return [...text].length > MOST ? `At most ${MOST} characters.` : ''
}
