import { Button, TextInput } from '@patternfly/react-core'
import ColumnsIcon from '@patternfly/react-icons/dist/esm/icons/columns-icon'
import FilterIcon from '@patternfly/react-icons/dist/esm/icons/filter-icon'
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon'
import type { RefObject } from 'react'
import { STATE_WORDS, STATES } from '../../lib/states'
import type { MenuItem } from '../../ui/ActionMenu'
import { MenuButton } from '../../ui/MenuButton'
import type { Member } from '../../wails/model'
import type { GroupBy, TableLayout } from './layout'
import { allLabels } from './rows'
import css from './Toolbar.module.css'
import type { TableState } from './tableState'

interface Props {
  members: Member[]
  table: TableState
  layout: TableLayout
  searchBox: RefObject<HTMLInputElement | null>
  onLayout: (layout: TableLayout) => void
  onColumns: () => void
}

/** Search, filters, grouping and columns. */
export function Toolbar({ members, table, layout, searchBox, onLayout, onColumns }: Props) {
  const { filters } = table
  return (
    // biome-ignore lint/a11y/useSemanticElements: the oldest webviews don't know <search>
    <div role="search" className={css.bar} aria-label="Find clusters">
      <TextInput
        ref={searchBox}
        type="search"
        className={css.search ?? ''}
        customIcon={<SearchIcon />}
        aria-label="Search clusters"
        placeholder="Search name, server, version, label"
        value={filters.search}
        onChange={(_, text) => table.search(text)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') table.search('')
        }}
      />
      <MenuButton
        label={`Filter by state${counted(filters.states.size)}`}
        icon={<FilterIcon />}
        items={() => stateItems(members, table)}
      >
        State{counted(filters.states.size)}
      </MenuButton>
      {members.some((m) => Object.keys(m.labels).length > 0) && (
        <MenuButton
          label={`Filter by label${counted(filters.labels.size)}`}
          items={() =>
            allLabels(members).texts.map((text) => ({
              id: text,
              title: text,
              checked: filters.labels.has(text),
              run: () => table.toggleLabel(text),
            }))
          }
        >
          Label{counted(filters.labels.size)}
        </MenuButton>
      )}
      {table.filtering && (
        <Button variant="link" onClick={table.clearFilters}>
          Clear filters
        </Button>
      )}
      <span className={css.gap} />
      <MenuButton
        label={`Group by: ${groupWords(layout.groupBy)}`}
        variant="plain"
        className={css.quiet}
        items={() => groupItems(layout, allLabels(members).keys, onLayout)}
      >
        Group by: {groupWords(layout.groupBy)}
      </MenuButton>
      <Button variant="plain" aria-label="Choose columns" icon={<ColumnsIcon />} onClick={onColumns} />
    </div>
  )
}

function counted(n: number): string {
  return n > 0 ? ` (${n})` : ''
}

function stateItems(members: Member[], table: TableState): MenuItem[] {
  return STATES.map((state) => {
    const n = members.filter((m) => m.state === state).length
    return {
      id: state,
      title: STATE_WORDS[state],
      keys: String(n),
      checked: table.filters.states.has(state),
      run: () => table.toggleState(state),
    }
  })
}

function groupItems(layout: TableLayout, keys: string[], onLayout: (layout: TableLayout) => void): MenuItem[] {
  const by: GroupBy[] = ['', 'group', 'state', 'distribution', ...keys.map((key): GroupBy => `label:${key}`)]
  return by.map((groupBy) => ({
    id: groupBy,
    title: groupWords(groupBy),
    checked: layout.groupBy === groupBy,
    run: () => onLayout({ ...layout, groupBy }),
  }))
}

function groupWords(by: GroupBy): string {
  if (by === '') return 'none'
  return by.startsWith('label:') ? `label ${by.slice(6)}` : by
}
