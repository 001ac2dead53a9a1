import { Button } from '@patternfly/react-core'
import ColumnsIcon from '@patternfly/react-icons/dist/esm/icons/columns-icon'
import { memo, type RefObject } from 'react'
import type { Column, Filter, Kind, Member, SavedFilter } from '../../wails/model'
import type { Ask } from '../../wails/stores/table'
import { LabelForm } from './LabelForm'
import { PopoverButton } from './PopoverButton'
import { MemberPanel, NamespacePanel, StatusPanel } from './panels'
import { SavedFilters } from './SavedFilters'
import { SearchBox } from './SearchBox'
import { TimePanel } from './TimePanel'
import css from './Toolbar.module.css'

interface Props {
  kind: Kind
  name: string
  ask: Ask
  members: readonly Member[]
  saved: readonly SavedFilter[]
  /** What is wrong with the label selector; '' is nothing. */
  problem: string
  columns: readonly Column[]
  searchBox: RefObject<HTMLInputElement | null>
  onFilter: (next: Filter) => void
  onEscape: () => void
  onColumns: () => void
}

/** What chooses rows and columns. */
export const Toolbar = memo(function Toolbar({
  kind,
  name,
  ask,
  members,
  saved,
  problem,
  columns,
  searchBox,
  onFilter,
  ...on
}: Props) {
  const { filter } = ask
  const panel = { ask, members, onFilter }
  return (
    // biome-ignore lint/a11y/useSemanticElements: the oldest webviews don't know <search>
    <div role="search" className={css.bar} aria-label={`Find ${name}`}>
      <SearchBox
        label={`Search ${name}`}
        value={filter.search}
        box={searchBox}
        onSearch={(search) => onFilter({ ...filter, search })}
        onEscape={on.onEscape}
      />
      <PopoverButton
        label="Filter by cluster"
        count={filter.members.length + filter.groups.length + filter.memberLabels.length}
        panel={() => <MemberPanel {...panel} />}
      >
        Cluster
      </PopoverButton>
      {kind.namespaced && (
        <PopoverButton
          label="Filter by namespace"
          count={filter.namespaces.length}
          panel={() => <NamespacePanel {...panel} />}
        >
          Namespace
        </PopoverButton>
      )}
      {columns.some((c) => c.status) && (
        <PopoverButton
          label="Filter by status"
          count={filter.status.length + filter.tones.length}
          panel={() => <StatusPanel {...panel} />}
        >
          Status
        </PopoverButton>
      )}
      <PopoverButton
        label="Filter by time"
        count={filter.within > 0 ? 1 : 0}
        panel={() => <TimePanel {...{ filter, columns, onFilter }} />}
      >
        Time
      </PopoverButton>
      <PopoverButton
        label="Filter by label"
        count={filter.labels === '' ? 0 : 1}
        panel={() => <LabelForm filter={filter} problem={problem} onFilter={onFilter} />}
      >
        Label
      </PopoverButton>
      <span className={css.gap} />
      <SavedFilters kind={kind.key} filter={filter} saved={saved} onFilter={onFilter} />
      <Button variant="plain" aria-label="Choose columns" icon={<ColumnsIcon />} onClick={on.onColumns} />
    </div>
  )
})
