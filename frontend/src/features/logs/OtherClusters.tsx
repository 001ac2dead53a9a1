import { visible } from '../../lib/visible'
import type { MenuItem } from '../../ui/ActionMenu'
import { MenuButton } from '../../ui/MenuButton'
import type { Member, ObjectRef } from '../../wails/model'
import { type Elsewhere, nobody, useNamesakes } from '../../wails/namesakes'

interface Props {
  /** The objects whose logs are open. */
  shown: ObjectRef[]
  members: readonly Member[]
  onShown: (refs: ObjectRef[]) => void
}

/** Adds the logs of the same object in other clusters to those that are open, and takes them away. */
export function OtherClusters({ shown, members, onShown }: Props) {
  const [home] = shown
  const now = useNamesakes(home && isOne(shown) ? home : null)
  if (!home || !now) return null
  const words = shown.length > 1 ? `In ${shown.length} clusters` : 'In other clusters'
  return (
    <MenuButton label={words} variant="plain" items={() => itemsOf(now, { shown, members, onShown })}>
      {words}
    </MenuButton>
  )
}

/** True when all are one object, but for the cluster that it is in. */
export function isOne(refs: readonly ObjectRef[]): boolean {
  const [first] = refs
  return refs.every((r) => r.kind === first?.kind && r.namespace === first.namespace && r.name === first.name)
}

function itemsOf(now: Elsewhere, { shown, members, onShown }: Props): MenuItem[] {
  const [home, ...added] = shown
  if (!home) return []
  const only = (title: string, refused: string): MenuItem[] => [{ id: 'none', title, refused, run: () => undefined }]
  if (now.at === 'looking') return only('Looking…', 'The other clusters are being looked at.')
  if (now.at === 'failed') return only('The other clusters can’t be looked at', now.failure.message)
  const open = new Set(added.map((ref) => ref.member))
  const has = new Set([...now.refs.map((ref) => ref.member), ...open])
  const unsure = new Map(now.unsure.map(({ member, why }) => [member, why]))
  const offered = members.filter((m) => m.id !== home.member && (has.has(m.id) || unsure.has(m.id)))
  if (offered.length === 0) return only('No other cluster has it', nobody(now))
  const show = (ids: ReadonlySet<string>) =>
    onShown([
      home,
      ...offered.flatMap(({ id }) =>
        ids.has(id) ? [added.find((ref) => ref.member === id) ?? { ...home, member: id, uid: '' }] : [],
      ),
    ])
  const all = [...has].every((id) => open.has(id))
  const every: MenuItem = {
    id: 'all',
    title: `All ${has.size} others`,
    checked: all,
    run: () => show(all ? new Set() : new Set([...open, ...has])),
  }
  return [
    ...(has.size > 1 ? [every] : []),
    ...offered.map(({ id, name }) => ({
      id,
      title: has.has(id) ? name : `${name}, which can’t tell: ${visible(unsure.get(id) ?? '')}`,
      checked: open.has(id),
      run: () => show(toggled(open, id)),
    })),
  ]
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return next
}
