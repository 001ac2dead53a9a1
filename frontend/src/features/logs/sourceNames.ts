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
  const nameOf = new Map(members.map((m) => [m.id, m.name]))
  const pods = new Set(sources.map((s) => s.pod))
  const many = {
    members: new Set(sources.map((s) => s.member)).size > 1,
    containers: new Set(sources.map((s) => s.container)).size > 1,
  }
  const cut = sharedStart([...pods])
  return new Map(
    sources.map((s, i) => {
      const member = nameOf.get(s.member) ?? s.member
      const parts = [
        many.members ? member : '',
        pods.size > 1 ? s.pod.slice(cut) : '',
        many.containers || pods.size === 1 ? s.container : '',
      ]
      return [
        s.key,
        {
          short: parts.filter(Boolean).join('/'),
          full: [member, s.namespace, s.pod, s.container].join(' / '),
          color: COLORS[i % COLORS.length] ?? '',
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
