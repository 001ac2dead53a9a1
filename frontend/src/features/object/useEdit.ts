import { useState } from 'react'
import { useBackend } from '../../wails/context'
import { toFailure } from '../../wails/errors'
import type { EditProblem, Failure, ObjectPreview, ObjectRef, ObjectText } from '../../wails/model'

/** A person's text, with what it began from. */
export interface Draft {
  yaml: string
  base: string
  /** The resourceVersion of base. */
  version: string
}

/** Where an edit stands. */
export type Stage =
  | { at: 'read' }
  | { at: 'edit'; problems: readonly EditProblem[] }
  | { at: 'review'; preview: ObjectPreview; draft: Draft; moved: boolean }
  | { at: 'clash'; preview: ObjectPreview; draft: Draft }

export interface Edit {
  stage: Stage
  /** What the edit began from, or was brought onto since; null when nothing is edited. */
  base: Omit<Draft, 'yaml'> | null
  busy: boolean
  failure: Failure | null
  begin: (text: ObjectText) => void
  /** Asks the server what saving would do. Answers the text that it was brought onto, when somebody else was there. */
  review: (draft: Draft) => Promise<Draft | null>
  save: (confirm: string) => Promise<ObjectText | null>
  /** Goes back to the text. */
  resume: () => void
  end: () => void
}

/** The life of an edit: begin, review by the server's dry run, settle what clashes, save. */
export function useEdit(ref: ObjectRef): Edit {
  const { objects } = useBackend()
  const [stage, setStage] = useState<Stage>({ at: 'read' })
  const [base, setBase] = useState<Omit<Draft, 'yaml'> | null>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  const ask = async (draft: Draft): Promise<Draft | null> => {
    setBusy(true)
    setFailure(null)
    setBase({ base: draft.base, version: draft.version })
    try {
      const preview = await objects.preview({ ref, ...draft, confirm: '' })
      const next = after(draft, preview)
      setStage(next)
      if (next.at !== 'review') return null
      setBase({ base: next.draft.base, version: next.draft.version })
      return next.moved ? next.draft : null
    } catch (thrown) {
      setFailure(toFailure(thrown))
      return null
    } finally {
      setBusy(false)
    }
  }

  return {
    stage,
    base,
    busy,
    failure,
    begin: ({ yaml, version }) => {
      setBase({ base: yaml, version })
      setStage({ at: 'edit', problems: [] })
    },
    review: ask,
    save: async (confirm) => {
      if (stage.at !== 'review') return null
      try {
        return await objects.save({ ref, ...stage.draft, confirm })
      } catch (thrown) {
        const refusal = toFailure(thrown)
        if (refusal.code !== 'conflict') throw refusal
        await ask(stage.draft)
        return null
      }
    },
    resume: () => setStage({ at: 'edit', problems: [] }),
    end: () => {
      setBase(null)
      setFailure(null)
      setStage({ at: 'read' })
    },
  }
}

/** Where a preview leads. What somebody else changed without a clash is in the draft from then on. */
function after(draft: Draft, preview: ObjectPreview): Stage {
  if (preview.problems.length > 0) return { at: 'edit', problems: preview.problems }
  if (preview.clashes.length > 0) return { at: 'clash', preview, draft }
  const moved = preview.merged !== ''
  return {
    at: 'review',
    preview,
    moved,
    draft: moved ? { yaml: preview.merged, base: preview.before, version: preview.version } : draft,
  }
}
