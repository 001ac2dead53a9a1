import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon'
import ExclamationTriangleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon'
import InProgressIcon from '@patternfly/react-icons/dist/esm/icons/in-progress-icon'
import { type ReactNode, useCallback } from 'react'
import { exact, relative, span } from '../../lib/time'
import { visible } from '../../lib/visible'
import { useClock } from '../../ui/clock'
import { lateTitle } from '../../ui/lateTitle'
import type { Row, Tone } from '../../wails/model'
import css from './cells.module.css'
import type { Shown } from './columns'
import { TONE_WORDS } from './filters'

/**
 * What a column shows of a row; `marked` says that this cell bears the row's tone. Most of it is bare text: a browser lays out
 * each element of each row anew when the table scrolls.
 */
export function cell(column: Shown, row: Row, memberName: string, marked: boolean): ReactNode {
  switch (column.id) {
    case 'member':
      return visible(memberName)
    case 'namespace':
      return visible(row.namespace)
    case 'name':
      return row.deleting ? (
        <span className={css.name}>
          {marked && <ToneIcon tone={row.tone} />}
          <span className={css.text}>{visible(row.name)}</span>
          <span className={css.deleting}>Deleting</span>
        </span>
      ) : (
        toned(row.name, marked ? row.tone : 'none')
      )
    case 'age':
      return <Since at={row.created} />
    default:
      return own(column, row.cells[column.cell] ?? '', marked ? row.tone : 'none')
  }
}

function own(column: Shown, text: string, tone: Tone): ReactNode {
  if (column.type === 'time') return text === '' ? <None /> : <When at={Number(text)} />
  if (text === '' || text === '<none>') return <None />
  if (tone === 'none') return visible(text)
  return (
    <span className={css.status} data-tone={tone}>
      {toned(text, tone)}
    </span>
  )
}

function toned(text: string, tone: Tone): ReactNode {
  if (!hasSign(tone)) return visible(text)
  return (
    <>
      <ToneIcon tone={tone} />
      {visible(text)}
    </>
  )
}

function hasSign(tone: Tone): boolean {
  return tone === 'bad' || tone === 'warning' || tone === 'busy'
}

/** The sign of a tone, with its words where they don't stand beside it; good and neutral need none. */
export function ToneIcon({ tone, silent = false }: { tone: Tone; silent?: boolean }) {
  if (!hasSign(tone)) return null
  return (
    <span className={css.tone} data-tone={tone}>
      {tone === 'bad' && <ExclamationCircleIcon />}
      {tone === 'warning' && <ExclamationTriangleIcon />}
      {tone === 'busy' && <InProgressIcon />}
      {!silent && <span className="visually-hidden">{TONE_WORDS[tone]}: </span>}
    </span>
  )
}

function Since({ at }: { at: number }) {
  const words = useClock(useCallback((now: number) => (at > 0 ? span(Math.max(0, now - at)) : ''), [at]))
  return at > 0 ? <Time at={at} words={words} /> : <None />
}

function When({ at }: { at: number }) {
  const known = Number.isFinite(at) && at > 0
  const words = useClock(useCallback((now: number) => (known ? relative(at, now) : ''), [at, known]))
  return known ? <Time at={at} words={words} /> : <None />
}

function Time({ at, words }: { at: number; words: string }) {
  return <time {...lateTitle(() => exact(at))}>{words}</time>
}

function None() {
  return (
    <span className={css.none}>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">None</span>
    </span>
  )
}
