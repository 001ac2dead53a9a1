import { LOGGED } from '../../lib/logged'
import { ActionMenu, type Point } from '../../ui/ActionMenu'
import { useNamesakes } from '../../wails/namesakes'
import { type RowContext, refOf, rowActions } from './rowActions'

interface Props extends Omit<RowContext, 'elsewhere'> {
  at: Point
  onClose: () => void
}

/** The menu of a row. Where else the object is shows when it is known: the place for it is there from the start. */
export function RowMenu({ at, onClose, ...context }: Props) {
  const { kind, row } = context
  const elsewhere = useNamesakes(LOGGED.has(kind) ? refOf(kind, row) : null)
  return (
    <ActionMenu
      label={`Actions for ${row.name}`}
      at={at}
      items={rowActions({ ...context, elsewhere })}
      onClose={onClose}
    />
  )
}
