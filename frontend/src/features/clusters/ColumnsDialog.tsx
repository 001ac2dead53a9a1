import { Button, Checkbox } from '@patternfly/react-core'
import ArrowDownIcon from '@patternfly/react-icons/dist/esm/icons/arrow-down-icon'
import ArrowUpIcon from '@patternfly/react-icons/dist/esm/icons/arrow-up-icon'
import { useId, useState } from 'react'
import { useAnnounce } from '../../ui/Announcer'
import { Dialog } from '../../ui/Dialog'
import { COLUMN_IDS, COLUMNS, type ColumnID, DEFAULT_COLUMNS } from './columns'
import css from './dialogs.module.css'
import type { TableLayout } from './layout'

interface Props {
  layout: TableLayout
  onLayout: (layout: TableLayout) => void
  onClose: () => void
}

/** Which columns show, in which order; the name always does, first. */
export function ColumnsDialog({ layout, onLayout, onClose }: Props) {
  const id = useId()
  const announce = useAnnounce()
  const [shown, setShown] = useState<ColumnID[]>(layout.columns)
  const hidden = COLUMN_IDS.filter((one) => !shown.includes(one))
  const toggle = (one: ColumnID) =>
    setShown((old) => (old.includes(one) ? old.filter((x) => x !== one) : [...old, one]))
  const move = (one: ColumnID, by: -1 | 1) => {
    const next = [...shown]
    const at = next.indexOf(one)
    next.splice(at, 1)
    next.splice(at + by, 0, one)
    setShown(next)
    announce(`${COLUMNS[one].title} is column ${at + by + 1}`)
  }
  const save = () => {
    onLayout({ ...layout, columns: shown })
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
          <Button variant="link" onClick={() => setShown([...DEFAULT_COLUMNS])}>
            Restore the defaults
          </Button>
        </>
      }
    >
      <ul className={css.columns} aria-label="Columns">
        {[...shown, ...hidden].map((one) => {
          const at = shown.indexOf(one)
          const { title } = COLUMNS[one]
          return (
            <li key={one} className={css.column}>
              <Checkbox
                id={`${id}-${one}`}
                label={title}
                isChecked={at >= 0}
                isDisabled={one === 'name'}
                onChange={() => toggle(one)}
              />
              {at > 0 && (
                <span className={css.order}>
                  <Button
                    variant="plain"
                    size="sm"
                    aria-label={`Move ${title} up`}
                    icon={<ArrowUpIcon />}
                    isDisabled={at < 2}
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
