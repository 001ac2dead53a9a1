import type { Step } from './Frame'

/** The steps of the wizards; not every wizard has every one. */
export type StepID = 'source' | 'pick' | 'access' | 'name' | 'test'

const TITLES: Record<StepID, string> = {
  source: 'Source',
  pick: 'Contexts',
  access: 'Sign in',
  name: 'Names',
  test: 'Test',
}

/** A wizard's steps as its head shows them; `open` says which can be gone to now. */
export function stepsOf(ids: readonly StepID[], open: (id: StepID) => boolean): Step<StepID>[] {
  return ids.map((id) => ({ id, title: TITLES[id], open: open(id) }))
}
