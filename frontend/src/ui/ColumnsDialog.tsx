import { Button, Checkbox } from '@patternfly/react-core'
import ArrowDownIcon from '@patternfly/react-icons/dist/esm/icons/arrow-down-icon'
import ArrowUpIcon from '@patternfly/react-icons/dist/esm/icons/arrow-up-icon'
import { useId, useState } from 'react'
import { useAnnounce } from './Announcer'
import css from './ColumnsDialog.module.css'
import { Dialog } from './Dialog'

interface Props<ID extends string> {
  /** All there are, in the order in which those that don't show are listed. */
  columns: readonly { id: ID; title: string; description?: string }[]
  /** Those that show now, in order. */
  shown: readonly ID[]
  /** What "Restore the defaults" shows. */
  usual: readonly ID[]
  /** How many of the first ones keep their place. */
  fixed?: number
  /** restored: the defaults were asked for, whatever was changed after. */
  onSave: (shown: ID[], restored: boolean) => void
  onClose: () => void
}

/** Which columns show, in which order; the name always does. */
export function ColumnsDialog<ID extends string>({ columns, usual, fixed = 0, onSave, onClose, ...now }: Props<ID>) {
  const id = useId()
  const announce = useAnnounce()
  const [shown, setShown] = useState<ID[]>([...now.shown])
  const [restored, setRestored] = useState(false)
  const known = new Map(columns.map((c) => [c.id, c]))
  const titleOf = (one: ID) => known.get(one)?.title ?? one
  const hidden = columns.map((c) => c.id).filter((one) => !shown.includes(one))
  const toggle = (one: ID) => setShown((old) => (old.includes(one) ? old.filter((x) => x !== one) : [...old, one]))
  const move = (one: ID, by: -1 | 1) => {
    const next = [...shown]
    const at = next.indexOf(one)
    next.splice(at, 1)
    next.splice(at + by, 0, one)
    setShown(next)
    announce(`${titleOf(one)} is column ${at + by + 1}`)
  }
  const restore = () => {
    setShown([...usual])
    setRestored(true)
  }
  const save = () => {
    onSave(shown, restored)
    onClose()
  }
  return (
    <Dialog
      title="Columns"
      description="They are part of your view and look the same on your other machines."
      onClose={onClose}
      footer={
        <>
          <Button variant="primary" onClick={save}>
            Save
          </Button>
          <Button variant="link" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="link" onClick={restore}>
            Restore the defaults
          </Button>
        </>
      }
    >
      <ul className={css.columns} aria-label="Columns">
        {[...shown, ...hidden].map((one) => {
          const at = shown.indexOf(one)
          const title = titleOf(one)
          const description = known.get(one)?.description
          return (
            <li key={one} className={css.column}>
              <Checkbox
                id={`${id}-${one}`}
                label={title}
                {...(description ? { description } : {})}
                isChecked={at >= 0}
                isDisabled={one === 'name'}
                onChange={() => toggle(one)}
              />
              {at >= fixed && (
                <span className={css.order}>
                  <Button
                    variant="plain"
                    size="sm"
                    aria-label={`Move ${title} up`}
                    icon={<ArrowUpIcon />}
                    isDisabled={at === fixed}
                    onClick={() => move(one, -1)}
                  />
                  <Button
                    variant="plain"
                    size="sm"
                    aria-label={`Move ${title} down`}
                    icon={<ArrowDownIcon />}
                    isDisabled={at === shown.length - 1}
                    onClick={() => move(one, 1)}
                  />
                </span>
              )}
            </li>
          )
        })}
      </ul>
    </Dialog>
  )
}
