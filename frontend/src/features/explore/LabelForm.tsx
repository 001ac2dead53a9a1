import { Button } from '@patternfly/react-core'
import { useId, useState } from 'react'
import type { Filter } from '../../wails/model'
import css from './Toolbar.module.css'

interface Props {
  filter: Filter
  problem: string
  onFilter: (next: Filter) => void
}

/** Filters by the objects' own labels, in kubectl's words. */
export function LabelForm({ filter, problem, onFilter }: Props) {
  const id = useId()
  const [text, setText] = useState(filter.labels)
  const wrong = problem !== '' && text === filter.labels
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        onFilter({ ...filter, labels: text.trim() })
      }}
    >
      <label htmlFor={id} className={css.label}>
        Label selector
      </label>
      <input
        id={id}
        className={css.field}
        value={text}
        placeholder="app=web,tier!=cache"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={wrong}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setText(event.target.value)}
      />
      <p id={`${id}-hint`} className={wrong ? css.problem : css.hint} role={wrong ? 'alert' : undefined}>
        {wrong
          ? `${problem} Until it is mended it filters nothing.`
          : 'As kubectl takes it: app=web, tier!=cache, env in (prod, stage), !legacy.'}
      </p>
      <Button type="submit" variant="secondary" size="sm" isDisabled={text.trim() === filter.labels}>
        Apply
      </Button>
    </form>
  )
}
