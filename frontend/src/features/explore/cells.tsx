import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon'
import ExclamationTriangleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon'
import InProgressIcon from '@patternfly/react-icons/dist/esm/icons/in-progress-icon'
import { type ReactNode, useCallback } from 'react'
import { exact, relative, span } from '../../lib/time'
import { visible } from '../../lib/visible'
import { ColorDot } from '../../ui/ColorDot'
import { useClock } from '../../ui/clock'
import { lateTitle } from '../../ui/lateTitle'
import type { Row, Tone } from '../../wails/model'
import css from './cells.module.css'
import type { Shown } from './columns'
import { TONE_WORDS } from './filters'

/** The member as rows show it. */
export interface RowMember {
  name: string
  color: string
}

/** What a column shows of a row; `marked` says that this cell bears the row's tone. */
export function cell(column: Shown, row: Row, member: RowMember, marked: boolean): ReactNode {
  switch (column.id) {
    case 'member':
      return (
        <span className={css.member}>
          <ColorDot color={member.color} />
          <Text text={member.name} />
        </span>
      )
    case 'namespace':
      return <Text text={row.namespace} />
    case 'name':
      return (
        <span className={css.name}>
          {marked && <ToneIcon tone={row.tone} />}
          <Text text={row.name} />
          {row.deleting && <span className={css.deleting}>Deleting</span>}
        </span>
      )
    case 'age':
      return <Since at={row.created} />
    default:
      return <Own column={column} text={row.cells[column.cell] ?? ''} tone={marked ? row.tone : 'none'} />
  }
}

function Own({ column, text, tone }: { column: Shown; text: string; tone: Tone }) {
  if (column.type === 'time') return text === '' ? <None /> : <When at={Number(text)} />
  if (text === '' || text === '<none>') return <None />
  if (tone === 'none') return <Text text={text} />
  return (
    <span className={css.status} data-tone={tone}>
      <ToneIcon tone={tone} />
      <Text text={text} />
    </span>
  )
}

/** Text of the cluster's: isolated, with nothing in it that hides or turns. */
function Text({ text }: { text: string }) {
  return <span className={css.text}>{visible(text)}</span>
}

/** The sign of a tone, with its words where they don't stand beside it; good and neutral need none. */
export function ToneIcon({ tone, silent = false }: { tone: Tone; silent?: boolean }) {
  if (tone !== 'bad' && tone !== 'warning' && tone !== 'busy') return null
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
  return (
    <time className={css.text} {...lateTitle(() => exact(at))}>
      {words}
    </time>
  )
}

function None() {
  return (
    <span className={css.none}>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">None</span>
    </span>
  )
}
