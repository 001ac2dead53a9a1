import { memo, type Ref } from 'react'
import { Age } from '../../ui/Age'
import { ColorDot } from '../../ui/ColorDot'
import type { LogLevel, LogLine } from '../../wails/model'
import { pieces } from './highlight'
import css from './LogList.module.css'
import type { SourceName } from './sourceNames'
import { localStamp, type TimeForm, utcStamp } from './stamp'

interface Props {
  id: string
  index: number
  count: number
  /** undefined while it is not loaded. */
  line: LogLine | undefined
  source: SourceName | undefined
  needle: string
  time: TimeForm
  current: boolean
  ref?: Ref<HTMLDivElement> | undefined
}

const LEVELS: Record<LogLevel, string> = {
  unknown: '',
  debug: 'Debug',
  info: 'Info',
  warning: 'Warning',
  error: 'Error',
}

/** One line: when, who, how bad and what. Its text is a cluster's, and set as text. */
export const LogRow = memo(function LogRow({ id, index, count, line, source, needle, time, current, ref }: Props) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and says which line is the current one
    <div
      ref={ref}
      id={id}
      data-index={index}
      role="option"
      aria-selected={current}
      aria-posinset={index + 1}
      aria-setsize={count}
      aria-busy={line === undefined}
      className={css.row}
      data-level={line?.level}
    >
      {line && (
        <>
          {time !== 'none' && <Stamp at={line.time} form={time} />}
          {source && (
            <span className={css.source} title={source.full}>
              <ColorDot color={source.color} />
              <span className={css.sourceName}>{source.short}</span>
            </span>
          )}
          <span className={css.level} aria-hidden="true">
            {LEVELS[line.level].charAt(0)}
          </span>
          {LEVELS[line.level] && <span className="visually-hidden">{LEVELS[line.level]}: </span>}
          <span className={css.text}>
            <Text text={line.text} needle={needle} />
            {line.cut > 0 && <span className={css.cut}> … {line.cut.toLocaleString()} more bytes are not shown</span>}
          </span>
        </>
      )}
    </div>
  )
})

function Stamp({ at, form }: { at: number; form: Exclude<TimeForm, 'none'> }) {
  if (at <= 0) return <span className={css.time} />
  if (form === 'relative')
    return (
      <span className={css.time}>
        <Age at={at} />
      </span>
    )
  return <span className={css.time}>{form === 'utc' ? utcStamp(at) : localStamp(at, Date.now())}</span>
}

function Text({ text, needle }: { text: string; needle: string }) {
  const all = pieces(text, needle)
  let at = 0
  return (
    <bdi>
      {all.map((piece) => {
        const key = at
        at += piece.text.length
        return piece.hit ? <mark key={key}>{piece.text}</mark> : <span key={key}>{piece.text}</span>
      })}
    </bdi>
  )
}
