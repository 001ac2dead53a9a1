import { TextInput } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { visible } from '../../lib/visible'
import { Plain } from '../../ui/Plain'
import type { Candidate } from '../../wails/model'
import { ColorSelect } from './ColorSelect'
import css from './NameStep.module.css'
import type { Draft } from './picks'
import type { DraftErrors } from './validate'

type Field = 'name' | 'group' | 'labels'

interface Props {
  candidate: Candidate
  draft: Draft
  errors: DraftErrors | undefined
  fieldID: (field: Field) => string
  onChange: (draft: Draft) => void
}

/** One cluster's name, colour, group and labels. */
export function DraftRow({ candidate, draft, errors, fieldID, onChange }: Props) {
  const of = visible(candidate.context)
  const field = (name: Field, label: string, extra: { list?: string; placeholder?: string }): ReactNode => {
    const error = errors?.[name] ?? ''
    return (
      <div className={css.field}>
        <label htmlFor={fieldID(name)}>{label}</label>
        <TextInput
          id={fieldID(name)}
          aria-label={`${label} of ${of}`}
          value={draft[name]}
          validated={error === '' ? 'default' : 'error'}
          aria-describedby={`${fieldID(name)}-error`}
          autoComplete="off"
          spellCheck="false"
          onChange={(_event, value) => onChange({ ...draft, [name]: value })}
          {...extra}
        />
        <p id={`${fieldID(name)}-error`} className={css.error}>
          {error}
        </p>
      </div>
    )
  }
  return (
    <>
      <p className={css.from}>
        <Plain>{candidate.context}</Plain> · <Plain>{candidate.server}</Plain>
      </p>
      <div className={css.fields}>
        {field('name', 'Name', {})}
        <ColorSelect of={of} value={draft.color} onChange={(color) => onChange({ ...draft, color })} />
        {field('group', 'Group', { list: 'binnacle-groups' })}
        {field('labels', 'Labels', { placeholder: 'env=prod, team=payments' })}
      </div>
    </>
  )
}
