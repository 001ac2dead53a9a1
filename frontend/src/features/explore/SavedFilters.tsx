import { Button } from '@patternfly/react-core'
import BookmarkIcon from '@patternfly/react-icons/dist/esm/icons/bookmark-icon'
import EllipsisVIcon from '@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon'
import { useState } from 'react'
import { useAct } from '../../ui/act'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { MenuButton } from '../../ui/MenuButton'
import { useBackend } from '../../wails/context'
import type { Filter, SavedFilter } from '../../wails/model'
import { isEmpty, isSame } from './filters'
import { NameDialog } from './NameDialog'
import { PopoverButton } from './PopoverButton'
import css from './Toolbar.module.css'

interface Props {
  kind: string
  filter: Filter
  saved: readonly SavedFilter[]
  onFilter: (next: Filter) => void
}

type Asking = { kind: 'name'; filter: SavedFilter } | { kind: 'remove'; filter: SavedFilter }

/** Filters under names; they are part of the view. */
export function SavedFilters({ kind, filter, saved, onFilter }: Props) {
  const backend = useBackend()
  const act = useAct()
  const [asking, setAsking] = useState<Asking | null>(null)
  const own = saved.filter((one) => one.kind === kind).sort((a, b) => a.name.localeCompare(b.name))
  const close = () => setAsking(null)
  const items = (one: SavedFilter) => [
    { id: 'rename', title: 'Rename…', run: () => setAsking({ kind: 'name', filter: one }) },
    {
      id: 'overwrite',
      title: 'Overwrite with the present filter',
      refused: isEmpty(filter) ? 'Nothing filters now.' : isSame(filter, one.filter) ? 'It is the same.' : '',
      run: () => act(() => backend.pane.saveFilter({ ...one, filter }), `Saved ${one.name}.`),
    },
    {
      id: 'remove',
      title: 'Remove…',
      danger: true,
      parted: true,
      run: () => setAsking({ kind: 'remove', filter: one }),
    },
  ]
  return (
    <>
      <PopoverButton
        label="Saved filters"
        icon={<BookmarkIcon />}
        panel={(shut) => (
          <>
            {own.length === 0 ? (
              <p className={css.empty}>A filter that you save shows here, on all your machines.</p>
            ) : (
              <ul className={css.saved} aria-label="Saved filters">
                {own.map((one) => (
                  <li key={one.id} className={css.savedRow}>
                    <button
                      type="button"
                      className={css.savedName}
                      aria-pressed={isSame(one.filter, filter)}
                      onClick={() => {
                        onFilter(one.filter)
                        shut()
                      }}
                    >
                      {one.name}
                    </button>
                    <MenuButton
                      label={`Actions for the filter ${one.name}`}
                      variant="plain"
                      icon={<EllipsisVIcon />}
                      items={() => items(one).map((item) => ({ ...item, run: () => then(shut, item.run) }))}
                    />
                  </li>
                ))}
              </ul>
            )}
            <div className={css.savedFoot}>
              <Button
                variant="link"
                size="sm"
                isDisabled={isEmpty(filter)}
                onClick={() =>
                  then(shut, () => setAsking({ kind: 'name', filter: { id: '', name: '', kind, filter } }))
                }
              >
                Save the present filter…
              </Button>
            </div>
          </>
        )}
      >
        Saved
      </PopoverButton>
      {asking?.kind === 'name' && (
        <NameDialog
          filter={asking.filter}
          taken={own.filter((one) => one.id !== asking.filter.id)}
          onSave={(next) => backend.pane.saveFilter(next)}
          onClose={close}
        />
      )}
      {asking?.kind === 'remove' && (
        <ConfirmDialog
          title={`Remove the filter ${asking.filter.name}?`}
          confirm={`Remove ${asking.filter.name}`}
          danger
          onConfirm={() => backend.pane.removeFilter(asking.filter.id)}
          onClose={close}
        >
          <p>It goes from your view on all your machines. Rows and clusters stay as they are.</p>
        </ConfirmDialog>
      )}
    </>
  )
}

function then(first: () => void, next: () => void): void {
  first()
  next()
}
