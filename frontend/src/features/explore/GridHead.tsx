import LongArrowDown from '@patternfly/react-icons/dist/esm/icons/long-arrow-alt-down-icon'
import LongArrowUp from '@patternfly/react-icons/dist/esm/icons/long-arrow-alt-up-icon'
import { type KeyboardEvent, useId } from 'react'
import type { Shown } from './columns'
import css from './Grid.module.css'
import type { Resize } from './useResize'

interface Props {
  columns: readonly Shown[]
  sort: string
  desc: boolean
  resize: Resize
  onSort: (id: string) => void
}

const STEP = 16

/** The header: a button per column sorts by it; its edge, or Shift with the arrow keys, makes it wider and narrower. */
export function GridHead({ columns, sort, desc, resize, onSort }: Props) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the rows
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons have the focus
    <div role="row" aria-rowindex={1} className={css.head}>
      <span id={id} hidden>
        Shift and the left and right arrow keys change the column’s width, Shift and Enter fits it.
      </span>
      {columns.map((c) => {
        const on = sort === c.id
        return (
          // biome-ignore lint/a11y/useSemanticElements: as the rows
          // biome-ignore lint/a11y/useFocusableInteractive: its button has the focus
          <div
            key={c.id}
            role="columnheader"
            aria-sort={on ? (desc ? 'descending' : 'ascending') : 'none'}
            className={css.headCell}
            data-column={c.id}
            data-type={c.type}
          >
            <button
              type="button"
              className={css.sort}
              data-on={on}
              aria-describedby={id}
              title={c.description === '' ? undefined : c.description}
              onClick={() => onSort(c.id)}
              onKeyDown={(event) => resizeByKey(event, c.id, resize)}
            >
              <span className={css.sortText}>{c.title}</span>
              <span className={css.arrow} aria-hidden="true">
                {on && desc ? <LongArrowDown /> : <LongArrowUp />}
              </span>
            </button>
            <span
              className={css.edge}
              aria-hidden="true"
              onPointerDown={(event) => resize.drag(c.id, event)}
              onDoubleClick={() => resize.fit(c.id)}
            />
          </div>
        )
      })}
      {/* biome-ignore lint/a11y/useSemanticElements: as the rows */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: there is nothing to do with it */}
      <div role="columnheader" className={css.dots}>
        <span className="visually-hidden">Actions</span>
      </div>
    </div>
  )
}

function resizeByKey(event: KeyboardEvent, id: string, resize: Resize): void {
  const { key, shiftKey } = event
  if (!shiftKey || (key !== 'ArrowLeft' && key !== 'ArrowRight' && key !== 'Enter')) return
  event.preventDefault()
  if (key === 'Enter') resize.fit(id)
  else resize.nudge(id, key === 'ArrowLeft' ? -STEP : STEP)
}
