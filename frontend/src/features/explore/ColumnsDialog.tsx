import { Button, Checkbox } from '@patternfly/react-core'
import ArrowDownIcon from '@patternfly/react-icons/dist/esm/icons/arrow-down-icon'
import ArrowUpIcon from '@patternfly/react-icons/dist/esm/icons/arrow-up-icon'
import { useId, useState } from 'react'
import { useAnnounce } from '../../ui/Announcer'
import { Dialog } from '../../ui/Dialog'
import type { Column, TableLayout } from '../../wails/model'
import css from './ColumnsDialog.module.css'
import { defaults, shownColumns } from './columns'

interface Props {
  columns: readonly Column[]
  layout: TableLayout
  onLayout: (layout: TableLayout) => void
  onClose: () => void
}

/** Which columns show, in which order; the name always does. */
export function ColumnsDialog({ columns, layout, onLayout, onClose }: Props) {
  const id = useId()
  const announce = useAnnounce()
  const [shown, setShown] = useState(() => shownColumns(columns, layout).map((c) => c.id))
  const [bare, setBare] = useState(false)
  const titleOf = (one: string) => columns.find((c) => c.id === one)?.title ?? one
  const hidden = columns.map((c) => c.id).filter((one) => !shown.includes(one))
  const toggle = (one: string) => setShown((old) => (old.includes(one) ? old.filter((x) => x !== one) : [...old, one]))
  const move = (one: string, by: -1 | 1) => {
    const next = [...shown]
    const at = next.indexOf(one)
    next.splice(at, 1)
    next.splice(at + by, 0, one)
    setShown(next)
    announce(`${titleOf(one)} is column ${at + by + 1}`)
  }
  const restore = () => {
    setShown(defaults(columns).map((c) => c.id))
    setBare(true)
  }
  const save = () => {
    const usual = defaults(columns).map((c) => c.id)
    const chosen = shown.join('\n') === usual.join('\n') ? [] : shown // so that columns to come show by themselves
    onLayout({ ...layout, columns: chosen, widths: bare ? {} : layout.widths })
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
          const description = columns.find((c) => c.id === one)?.description
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
              {at >= 0 && (
                <span className={css.order}>
                  <Button
                    variant="plain"
                    size="sm"
                    aria-label={`Move ${title} up`}
                    icon={<ArrowUpIcon />}
                    isDisabled={at === 0}
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
