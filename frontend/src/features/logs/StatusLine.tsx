import { exact } from '../../lib/time'
import { Plain } from '../../ui/Plain'
import type { LogLine, LogSource, LogWindow, Member } from '../../wails/model'
import css from './LogsDock.module.css'
import type { SourceName } from './sourceNames'
import { failures, sourcesWords } from './sourceStates'

interface Props {
  window: LogWindow
  members: readonly Member[]
  paused: boolean
  /** The line that the keys are on. */
  current: LogLine | undefined
  name: SourceName | undefined
}

/** How much there is, how the sources stand, and where the current line is from. */
export function StatusLine({ window, members, paused, current, name }: Props) {
  const { total, matched, dropped, sources } = window
  const shown =
    matched === total
      ? `${total.toLocaleString()} lines`
      : `${matched.toLocaleString()} of ${total.toLocaleString()} lines`
  return (
    <footer className={css.status}>
      <span>
        {paused ? 'Paused. ' : ''}
        {shown}
        {dropped > 0 && `; ${dropped.toLocaleString()} older ones are not kept any more`}
      </span>
      {sources.length > 0 && <span>{sourcesWords(sources)}</span>}
      {total > 0 && <Failing sources={sources} members={members} />}
      <span className={css.gap} />
      {current && name && (
        <span className={css.from}>
          <Plain>{name.full}</Plain>
          {current.time > 0 && `, ${exact(current.time)}`}
        </span>
      )}
    </footer>
  )
}

/** Which cluster's lines are not there and why: the first, and how many more. The sources tell of each. */
function Failing({ sources, members }: { sources: readonly LogSource[]; members: readonly Member[] }) {
  const all = failures(sources)
  const [first] = all
  if (!first) return null
  return (
    <span className={css.failing}>
      {members.find((m) => m.id === first.member)?.name ?? first.member}: <Plain>{first.why}</Plain>
      {all.length > 1 && ` And ${all.length - 1} more.`}
    </span>
  )
}
