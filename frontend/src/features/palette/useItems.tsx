import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { LOGGED } from '../../lib/logged'
import type { Ways } from '../../lib/places'
import { STATE_WORDS } from '../../lib/states'
import { visible } from '../../lib/visible'
import { ColorDot } from '../../ui/ColorDot'
import { useBackend, useFleet } from '../../wails/context'
import type { Kind, Member, SearchHit } from '../../wails/model'
import { catalogResource } from '../../wails/stores/catalog'
import { PALETTE_PAGES, type PaletteAction, type PalettePage } from './actions'
import type { Item } from './items'

interface Sources {
  actions: readonly PaletteAction[]
  onPage: (page: PalettePage) => void
  onMember: (id: string) => void
  onExplore: Ways['onExplore']
}

/** Everything that can be chosen without asking the clusters. */
export function useItems({ actions, onPage, onMember, onExplore }: Sources): Item[] {
  const backend = useBackend()
  const catalog = useMemo(() => catalogResource(backend), [backend])
  useEffect(() => catalog.start(), [catalog])
  const served = useStore(catalog.store)
  const fleet = useFleet().state
  return useMemo(() => {
    const kinds = served.status === 'ready' ? served.value.kinds : []
    const members = fleet.status === 'ready' ? fleet.value.members : []
    return [
      ...members.map((m) => memberItem(m, onMember)),
      ...kinds.map((k) => kindItem(k, onExplore)),
      ...PALETTE_PAGES.map(({ id, title, keywords }) => pageItem(id, title, keywords, onPage)),
      ...actions.map(actionItem),
    ]
  }, [served, fleet, actions, onPage, onMember, onExplore])
}

function memberItem(m: Member, onMember: (id: string) => void): Item {
  return {
    id: `member:${m.id}`,
    group: 'members',
    title: visible(m.name),
    detail: m.group,
    tag: STATE_WORDS[m.state],
    words: [m.group, m.server, ...Object.entries(m.labels).map(([key, value]) => `${key}=${value}`)],
    mark: <ColorDot color={m.color} />,
    state: m.state,
    run: () => onMember(m.id),
  }
}

function kindItem({ key, kind, group, shortNames, resource }: Kind, onExplore: Ways['onExplore']): Item {
  return {
    id: `kind:${key}`,
    group: 'kinds',
    title: visible(kind),
    detail: visible(group),
    ...(shortNames[0] ? { tag: visible(shortNames[0]) } : {}),
    words: [...shortNames, resource, group],
    run: () => onExplore({ kind: key }),
  }
}

function pageItem(id: PalettePage, title: string, keywords: string, onPage: (page: PalettePage) => void): Item {
  return { id: `page:${id}`, group: 'pages', title, detail: '', words: keywords.split(' '), run: () => onPage(id) }
}

function actionItem({ id, title, group = '', keywords = '', refused, run }: PaletteAction): Item {
  const words = [group, ...keywords.split(/\s+/)].filter(Boolean)
  return {
    id: `action:${id}`,
    group: 'actions',
    title,
    detail: refused ?? group,
    words,
    ...(refused ? { refused } : {}),
    run,
  }
}

/** What was found in the clusters, as lines of the palette. */
export function objectItem(
  { ref, kind, status, tone }: SearchHit,
  member: Member | undefined,
  onOpen: Ways['onOpen'],
): Item {
  const where = [member?.name ?? ref.member, ref.namespace].filter(Boolean).join(' / ')
  return {
    id: `object:${[ref.member, ref.kind, ref.namespace, ref.name].join('/')}`,
    group: 'objects',
    title: visible(ref.name),
    detail: visible(`${kind} in ${where}`),
    tag: visible(status),
    words: [],
    mark: <ColorDot color={member?.color ?? ''} />,
    tone,
    ...(LOGGED.has(ref.kind) ? { logs: ref } : {}),
    run: () => onOpen(ref),
  }
}
