// The picks of a wizard as a plain reducer. A draft outlives being unselected, so that a name typed once isn't lost.
import type { Candidate, Pick } from '../../wails/model'
import { parseLabels } from './labels'

/** One pick while it is being edited; labels are kept as the person typed them. */
export interface Draft {
  name: string
  color: string
  group: string
  labels: string
}

export interface Picks {
  selected: readonly number[]
  drafts: Readonly<Record<number, Draft>>
}

export type PickAction =
  | { type: 'reset' }
  | { type: 'toggle'; index: number }
  | { type: 'select'; indexes: readonly number[] }
  | { type: 'unselect'; indexes: readonly number[] }
  | { type: 'edit'; index: number; draft: Draft }
  /** Sets one field of several drafts at once. */
  | { type: 'fill'; drafts: ReadonlyMap<number, Draft>; patch: Partial<Draft> }

export const noPicks: Picks = { selected: [], drafts: {} }

export function reducePicks(picks: Picks, action: PickAction): Picks {
  switch (action.type) {
    case 'reset':
      return noPicks
    case 'toggle':
      return picks.selected.includes(action.index)
        ? { ...picks, selected: picks.selected.filter((i) => i !== action.index) }
        : { ...picks, selected: [...picks.selected, action.index] }
    case 'select':
      return { ...picks, selected: [...new Set([...picks.selected, ...action.indexes])] }
    case 'unselect': {
      const gone = new Set(action.indexes)
      return { ...picks, selected: picks.selected.filter((i) => !gone.has(i)) }
    }
    case 'edit':
      return { ...picks, drafts: { ...picks.drafts, [action.index]: action.draft } }
    case 'fill': {
      const drafts: Record<number, Draft> = { ...picks.drafts }
      for (const [index, draft] of action.drafts) drafts[index] = { ...draft, ...action.patch }
      return { ...picks, drafts }
    }
  }
}

/** The draft of a candidate: what was typed, else what Go proposes. */
export function draftOf(picks: Picks, candidate: Candidate): Draft {
  return picks.drafts[candidate.index] ?? { name: candidate.name, color: '', group: '', labels: '' }
}

/** The candidates that are picked, in the import's order. */
export function chosen(picks: Picks, candidates: readonly Candidate[]): Candidate[] {
  const selected = new Set(picks.selected)
  return candidates.filter((c) => selected.has(c.index))
}

/** What crosses to Go. The draft has been validated. */
export function pickOf(picks: Picks, candidate: Candidate): Pick {
  const draft = draftOf(picks, candidate)
  return {
    index: candidate.index,
    name: draft.name.trim(),
    color: draft.color,
    group: draft.group.trim(),
    labels: parseLabels(draft.labels).labels,
  }
}
