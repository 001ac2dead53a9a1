import { Button, TextInput } from '@patternfly/react-core'
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon'
import type { RefObject } from 'react'
import { visible } from '../../lib/visible'
import { MenuButton } from '../../ui/MenuButton'
import type { AppSource, Member, Tone } from '../../wails/model'
import css from './AppsPage.module.css'
import { type AppRow, type Filters, NO_FILTERS, SOURCE_WORDS, TONE_WORDS } from './rows'

interface Props {
  rows: readonly AppRow[]
  shown: number
  members: ReadonlyMap<string, Member>
  filters: Filters
  searchBox: RefObject<HTMLInputElement | null>
  onFilters: (next: Filters) => void
}

/** Search and filters. */
export function Toolbar({ rows, shown, members, filters, searchBox, onFilters }: Props) {
  const { sources, tones } = filters
  const drifting = rows.filter((row) => row.app.drift.length > 0).length
  const isAny = JSON.stringify(filters) === JSON.stringify(NO_FILTERS)
  const item = <T extends string>(field: 'sources' | 'members' | 'tones', value: T, title: string, n: number) => {
    const chosen: readonly string[] = filters[field]
    const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]
    return {
      id: value,
      title,
      keys: n.toLocaleString(),
      checked: chosen.includes(value),
      run: () => onFilters({ ...filters, [field]: next }),
    }
  }
  const having = (test: (row: AppRow) => boolean) => rows.filter(test).length
  return (
    // biome-ignore lint/a11y/useSemanticElements: the oldest webviews don't know <search>
    <div role="search" className={css.bar} aria-label="Find applications">
      <TextInput
        ref={searchBox}
        type="search"
        className={css.search ?? ''}
        customIcon={<SearchIcon />}
        aria-label="Search applications"
        aria-keyshortcuts="/"
        placeholder="Search name, chart, image, namespace"
        value={filters.search}
        onChange={(_, search) => onFilters({ ...filters, search })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onFilters({ ...filters, search: '' })
        }}
      />
      <MenuButton
        label={`Filter by source${counted(sources.length)}`}
        items={() =>
          (Object.keys(SOURCE_WORDS) as AppSource[]).map((source) =>
            item(
              'sources',
              source,
              SOURCE_WORDS[source],
              having((r) => r.app.source === source),
            ),
          )
        }
      >
        Source{counted(sources.length)}
      </MenuButton>
      <MenuButton
        label={`Filter by cluster${counted(filters.members.length)}`}
        items={() =>
          [...members.values()].map((m) =>
            item(
              'members',
              m.id,
              visible(m.name),
              having((r) => r.members.includes(m.id)),
            ),
          )
        }
      >
        Cluster{counted(filters.members.length)}
      </MenuButton>
      <MenuButton
        label={`Filter by status${counted(tones.length)}`}
        items={() =>
          (Object.keys(TONE_WORDS) as Tone[]).map((tone) =>
            item(
              'tones',
              tone,
              TONE_WORDS[tone],
              having((r) => r.app.tone === tone),
            ),
          )
        }
      >
        Status{counted(tones.length)}
      </MenuButton>
      <button
        type="button"
        className={css.toggle}
        aria-pressed={filters.drift}
        onClick={() => onFilters({ ...filters, drift: !filters.drift })}
      >
        With drift <span className={css.number}>{drifting.toLocaleString()}</span>
      </button>
      {!isAny && (
        <Button variant="link" onClick={() => onFilters(NO_FILTERS)}>
          Clear filters
        </Button>
      )}
      <p role="status" className={css.count}>
        {shown === rows.length ? words(rows.length) : `${shown.toLocaleString()} of ${words(rows.length)}`}
      </p>
    </div>
  )
}

function counted(n: number): string {
  return n > 0 ? ` (${n})` : ''
}

function words(n: number): string {
  return `${n.toLocaleString()} ${n === 1 ? 'application' : 'applications'}`
}
