import { exact } from '../../lib/time'
import { Plain } from '../../ui/Plain'
import type { LogLine, LogWindow } from '../../wails/model'
import css from './LogsDock.module.css'
import type { SourceName } from './sourceNames'
import { sourcesWords } from './sourceStates'

interface Props {
  window: LogWindow
  paused: boolean
  /** The line that the keys are on. */
  current: LogLine | undefined
  name: SourceName | undefined
}

/** How much there is, how the sources stand, and where the current line is from. */
export function StatusLine({ window, paused, current, name }: Props) {
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
