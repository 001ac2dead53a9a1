import { openSearchPanel } from '@codemirror/search'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ChangeDialog } from '../../ui/ChangeDialog'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useNotices } from '../../ui/Notices'
import { Plain } from '../../ui/Plain'
import type { EditProblem, ObjectText } from '../../wails/model'
import { EditBar, ReadBar } from './Bars'
import { Clashes } from './Clashes'
import { setText } from './editor'
import { tellProblems } from './problems'
import { Review } from './Review'
import { placeName } from './refs'
import { type Draft, useEdit } from './useEdit'
import { useEditor } from './useEditor'
import { useSchema } from './useSchema'
import type { YamlProps } from './YamlPart'
import css from './yaml.module.css'

interface Props extends YamlProps {
  text: ObjectText
  /** Tells what was kept by the server. */
  onText: (text: ObjectText) => void
}

/** The text with what can be done with it at this stage of the edit. */
export function Workbench({ of, member, edit: wish, text, onText, onUnsaved, onSaved }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const edit = useEdit(of)
  const { stage, base } = edit
  const [asking, setAsking] = useState(false)
  const notices = useNotices()
  const schema = useSchema(of, stage.at !== 'read')
  const name = member?.name ?? of.member

  const view = useEditor(box, {
    label: `YAML of ${of.name}`,
    text: text.yaml,
    schema,
    editing: stage.at === 'edit',
    onChange: () => onUnsaved(base !== null && view?.state.doc.toString() !== base.base),
    onReview: () => void review(written()),
  })

  // While nobody edits, the view follows what is read.
  useEffect(() => {
    if (view && stage.at === 'read') setText(view, text.yaml)
  }, [view, stage.at, text.yaml])

  const begin = useCallback(() => {
    if (text.refused === '') edit.begin(text)
  }, [text, edit.begin])
  const wished = useRef(0)
  useEffect(() => {
    if (wish === wished.current || stage.at !== 'read') return
    wished.current = wish
    begin()
  }, [wish, stage.at, begin])

  const problems = stage.at === 'edit' ? stage.problems : NONE
  useEffect(() => {
    if (view && problems.length > 0) tellProblems(view, problems)
  }, [view, problems])

  const review = async (draft: Draft | null) => {
    const merged = draft && !edit.busy ? await edit.review(draft) : null
    if (view && merged) setText(view, merged.yaml)
  }
  const written = () => (view && base ? { yaml: view.state.doc.toString(), ...base } : null)
  const end = () => {
    edit.end()
    onUnsaved(false)
  }
  const save = async (confirm: string) => {
    const kept = await edit.save(confirm)
    if (kept === null) return // somebody was faster: the new preview shows
    notices.say(`Saved ${placeName(of)} in ${name}.`)
    onText(kept)
    end()
    onSaved()
  }
  return (
    <>
      {stage.at === 'read' && <ReadBar text={text} onEdit={begin} onFind={() => view && openSearchPanel(view)} />}
      {stage.at === 'edit' && (
        <EditBar
          changedMeanwhile={base !== null && base.version !== text.version}
          busy={edit.busy}
          problems={problems}
          onReview={() => void review(written())}
          onCancel={() => {
            if (view && base) setText(view, base.base)
            end()
          }}
        />
      )}
      {edit.failure && (
        <div className={css.notes}>
          <ErrorAlert failure={edit.failure} />
        </div>
      )}
      <div ref={box} className={css.editor} hidden={stage.at === 'review' || stage.at === 'clash'} />
      {stage.at === 'review' && (
        <Review
          preview={stage.preview}
          moved={stage.moved}
          member={name}
          onSave={() => setAsking(true)}
          onBack={() => edit.resume()}
        />
      )}
      {stage.at === 'clash' && (
        <Clashes
          preview={stage.preview}
          draft={stage.draft}
          busy={edit.busy}
          onSettled={(draft) => {
            if (view) setText(view, draft.yaml)
            void review(draft)
          }}
          onBack={() => edit.resume()}
        />
      )}
      {asking && member && (
        <ChangeDialog
          member={member}
          title={`Save ${placeName(of)}?`}
          confirm="Save"
          says={
            <>
              What you changed in <Plain>{placeName(of)}</Plain> is written to <strong>{member.name}</strong>.
            </>
          }
          onConfirm={save}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}

const NONE: readonly EditProblem[] = []
