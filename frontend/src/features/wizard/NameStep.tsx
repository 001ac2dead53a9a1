import { Alert } from '@patternfly/react-core'
import { type Ref, useImperativeHandle, useState } from 'react'
import { flushSync } from 'react-dom'
import { visible } from '../../lib/visible'
import { Plain } from '../../ui/Plain'
import type { Candidate } from '../../wails/model'
import { adding, replacing } from './clash'
import { DraftRow } from './DraftRow'
import { FillAll } from './FillAll'
import css from './NameStep.module.css'
import { PageBar } from './PageBar'
import { draftOf, type PickAction, type Picks } from './picks'
import { usePages } from './usePages'
import { checkDrafts } from './validate'

export interface NameStepHandle {
  /** True when every draft is fit; else the errors show and the first wrong field has the focus. */
  check(): boolean
}

interface Props {
  ref: Ref<NameStepHandle>
  picked: readonly Candidate[]
  picks: Picks
  memberNames: ReadonlySet<string>
  groups: readonly string[]
  dispatch: (action: PickAction) => void
}

/** Name, colour, group and labels of each cluster that is added. */
export function NameStep({ ref, picked, picks, memberNames, groups, dispatch }: Props) {
  const added = adding(picked)
  const pages = usePages(added)
  const [checked, setChecked] = useState(false)
  const errors = checkDrafts(picks, added, memberNames)

  useImperativeHandle(ref, () => ({
    check() {
      const first = added.findIndex((c) => errors.has(c.index))
      const wrong = added[first]
      if (wrong === undefined) return true
      // The field must be there before it can have the focus.
      flushSync(() => {
        setChecked(true)
        pages.reveal(first)
      })
      const found = errors.get(wrong.index)
      const field = found?.name ? 'name' : found?.group ? 'group' : 'labels'
      document.getElementById(fieldID(wrong.index, field))?.focus()
      return false
    },
  }))

  return (
    <div className={css.step}>
      <Replaced picked={replacing(picked)} />
      {added.length > 1 && (
        <FillAll
          onFill={(patch) =>
            dispatch({ type: 'fill', drafts: new Map(added.map((c) => [c.index, draftOf(picks, c)])), patch })
          }
        />
      )}
      <datalist id="binnacle-groups">
        {groups.map((group) => (
          <option key={group} value={group} />
        ))}
      </datalist>
      <ul className={css.rows}>
        {pages.shown.map((c) => {
          const draft = draftOf(picks, c)
          // An untouched proposal that clashes is shown at once; what is being typed is judged at "Next".
          const found = checked || c.nameTaken ? errors.get(c.index) : undefined
          return (
            <li key={c.index} aria-label={visible(c.context)}>
              <DraftRow
                candidate={c}
                draft={draft}
                errors={found}
                fieldID={(field) => fieldID(c.index, field)}
                onChange={(next) => dispatch({ type: 'edit', index: c.index, draft: next })}
              />
            </li>
          )
        })}
      </ul>
      <PageBar pages={pages} />
    </div>
  )
}

function fieldID(index: number, field: string): string {
  return `draft-${index}-${field}`
}

function Replaced({ picked }: { picked: readonly Candidate[] }) {
  if (picked.length === 0) return null
  return (
    <Alert component="p" isInline variant="info" title="These stay as they are and get new credentials">
      {picked.map((c, i) => (
        <span key={c.index}>
          {i > 0 && ', '}
          <Plain>{c.memberName}</Plain>
        </span>
      ))}
    </Alert>
  )
}
