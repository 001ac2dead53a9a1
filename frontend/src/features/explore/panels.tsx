import { ColorDot } from '../../ui/ColorDot'
import { ErrorAlert } from '../../ui/ErrorAlert'
import type { Facet, Filter, Member, Tone } from '../../wails/model'
import type { Ask } from '../../wails/stores/table'
import { ToneIcon } from './cells'
import { FacetList, type Option } from './FacetList'
import { type ListField, TONE_WORDS, toggled } from './filters'
import css from './Toolbar.module.css'
import { useFacets } from './useFacets'

interface Props {
  ask: Ask
  members: readonly Member[]
  onFilter: (next: Filter) => void
}

/** Clusters, their groups and their labels. */
export function MemberPanel({ ask, members, onFilter }: Props) {
  const facets = useFacets(ask)
  const rows = new Map(facets.status === 'ready' ? facets.value.members.map((f) => [f.value, f.rows]) : [])
  const counted = facets.status === 'ready'
  const of = (some: readonly Member[]) => (counted ? some.reduce((sum, m) => sum + (rows.get(m.id) ?? 0), 0) : -1)
  const groups = [...new Set(members.map((m) => m.group))].filter(Boolean).sort((a, b) => a.localeCompare(b))
  const labels = [...new Set(members.flatMap((m) => Object.entries(m.labels).map(([k, v]) => `${k}=${v}`)))].sort(
    (a, b) => a.localeCompare(b),
  )
  const toggle = (field: ListField) => (value: string) => onFilter(toggled(ask.filter, field, value))
  const option = (value: string, some: readonly Member[]) => ({ value, text: value, rows: of(some) })
  return (
    <>
      <FacetList
        what="clusters"
        title="Clusters"
        options={members.map((m) => ({
          value: m.id,
          text: m.name,
          rows: of([m]),
          mark: <ColorDot color={m.color} />,
        }))}
        chosen={ask.filter.members}
        onToggle={toggle('members')}
      />
      {groups.length > 0 && (
        <FacetList
          what="groups"
          title="Groups"
          options={groups.map((g) =>
            option(
              g,
              members.filter((m) => m.group === g),
            ),
          )}
          chosen={ask.filter.groups}
          onToggle={toggle('groups')}
        />
      )}
      {labels.length > 0 && (
        <FacetList
          what="cluster labels"
          title="Cluster labels"
          options={labels.map((text) =>
            option(
              text,
              members.filter((m) => has(m, text)),
            ),
          )}
          chosen={ask.filter.memberLabels}
          onToggle={toggle('memberLabels')}
        />
      )}
    </>
  )
}

function has(m: Member, text: string): boolean {
  return Object.entries(m.labels).some(([k, v]) => `${k}=${v}` === text)
}

/** The namespaces of what is shown, the fullest first. */
export function NamespacePanel({ ask, onFilter }: Props) {
  const facets = useFacets(ask)
  if (facets.status === 'failed') return <Failed failure={facets.failure} />
  if (facets.status === 'loading') return <Reading />
  return (
    <FacetList
      what="namespaces"
      options={facets.value.namespaces.map(plain)}
      chosen={ask.filter.namespaces}
      onToggle={(value) => onFilter(toggled(ask.filter, 'namespaces', value))}
    />
  )
}

const TONES: readonly Tone[] = ['bad', 'warning', 'busy', 'good']

/** How things are: at a glance, and in the cluster's own words. */
export function StatusPanel({ ask, onFilter }: Props) {
  const facets = useFacets(ask)
  if (facets.status === 'failed') return <Failed failure={facets.failure} />
  if (facets.status === 'loading') return <Reading />
  const { status } = facets.value
  const rowsOf = (tone: Tone) => status.reduce((sum, f) => (f.tone === tone ? sum + f.rows : sum), 0)
  const tones = TONES.filter((tone) => rowsOf(tone) > 0 || ask.filter.tones.includes(tone))
  return (
    <>
      {tones.length > 0 && (
        <FacetList
          what="states"
          title="State"
          options={tones.map((tone) => ({
            value: tone,
            text: TONE_WORDS[tone],
            rows: rowsOf(tone),
            mark: <ToneIcon tone={tone} silent />,
          }))}
          chosen={ask.filter.tones}
          onToggle={(value) => onFilter(toggled(ask.filter, 'tones', value))}
        />
      )}
      <FacetList
        what="statuses"
        title="Status"
        options={status.map((f) => ({ ...plain(f), mark: <ToneIcon tone={f.tone} /> }))}
        chosen={ask.filter.status}
        onToggle={(value) => onFilter(toggled(ask.filter, 'status', value))}
      />
    </>
  )
}

function plain({ value, rows }: Facet): Option {
  return { value, text: value, rows }
}

function Reading() {
  return <p className={css.empty}>Counting…</p>
}

function Failed({ failure }: { failure: Parameters<typeof ErrorAlert>[0]['failure'] }) {
  return (
    <div className={css.empty}>
      <ErrorAlert failure={failure} />
    </div>
  )
}
