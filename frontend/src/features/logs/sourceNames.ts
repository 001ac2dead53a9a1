import { COLORS } from '../../ui/ColorDot'
import type { LogSource, Member } from '../../wails/model'

/** How one source shows in the lines. */
export interface SourceName {
  /** What tells it from the others of this log. */
  short: string
  /** "harbour / shop / web-1 / app" */
  full: string
  color: string
}

/** Names for the sources of a log: what all of them share is left out of the short ones. */
export function sourceNames(
  sources: readonly LogSource[],
  members: readonly Member[],
): ReadonlyMap<string, SourceName> {
  const known = new Map(members.map((m) => [m.id, m]))
  const own = sources.filter((s) => s.container !== '') // the others speak for a workload
  const pods = new Set(own.map((s) => s.pod))
  const ids = [...new Set(sources.map((s) => s.member))]
  const many = { members: ids.length > 1, containers: new Set(own.map((s) => s.container)).size > 1 }
  const cut = sharedStart([...pods])
  return new Map(
    sources.map((s, i) => {
      const member = known.get(s.member)?.name ?? s.member
      const parts = [
        many.members ? member : '',
        s.container === '' ? s.pod : pods.size > 1 ? s.pod.slice(cut) : '',
        many.containers || pods.size === 1 ? s.container : '',
      ]
      // Of one cluster each source has a colour; of several each cluster has, its own if it was given one.
      const at = many.members ? ids.indexOf(s.member) : i
      const color = (many.members && known.get(s.member)?.color) || (COLORS[at % COLORS.length] ?? '')
      return [
        s.key,
        {
          short: parts.filter(Boolean).join('/'),
          full: [member, s.namespace, s.pod, s.container].filter(Boolean).join(' / '),
          color,
        },
      ]
    }),
  )
}

/** How long the start is that all names share, up to a dash: "web-7d9f-" of "web-7d9f-x2" and "web-7d9f-k9". */
function sharedStart(names: readonly string[]): number {
  const [first = '', ...rest] = names
  if (rest.length === 0) return 0
  let same = 0
  while (same < first.length && rest.every((name) => name[same] === first[same])) same++
  return first.lastIndexOf('-', same - 1) + 1
}
