import { useEffect, useRef, useState } from 'react'
import { useNotices } from '../../ui/Notices'
import { useBackend } from '../../wails/context'
import { toFailure } from '../../wails/errors'
import type { LogQuery } from '../../wails/model'
import { type Filters, type Lines, type LinesState, lineAt } from './lines'

export interface Found {
  /** How many lines have the text; null while it isn't known. */
  count: number | null
  /** Which of them the cursor is on, from 1; 0 is none. */
  at: number
}

/** How often, at most, the lines that match are counted again while new ones come, ms. */
const RECOUNT = 1000

/**
 * Finds a text among the lines that show. Where only lines that have it show, finding is counting; else Go is asked for the
 * next one from where the cursor is.
 */
export function useFind(id: string, lines: Lines, state: LinesState, filters: Filters, needle: string) {
  const { logs } = useBackend()
  const notices = useNotices()
  const only = filters.search !== ''
  const [found, setFound] = useState<Found & { needle: string }>({ needle: '', count: null, at: 0 })
  const asked = JSON.stringify(filters)
  const arrived = state.window ? state.window.total + state.window.dropped : 0
  const counted = useRef(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: what has arrived is a reason to count again
  useEffect(() => {
    if (needle === '' || only) return
    let gone = false
    const wait = Math.max(150, counted.current + RECOUNT - Date.now())
    const timer = setTimeout(() => {
      counted.current = Date.now()
      logs.window(id, { ...(JSON.parse(asked) as Filters), search: needle, from: 0, around: 0, limit: 1 }).then(
        ({ matched }) => {
          if (!gone) setFound((now) => ({ needle, count: matched, at: now.needle === needle ? now.at : 0 }))
        },
        () => undefined, // the lines themselves say what fails
      )
    }, wait)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [logs, id, asked, needle, only, arrived])

  const ask = (query: Partial<LogQuery>) =>
    logs.window(id, { ...filters, search: needle, from: 0, around: 0, limit: 3, ...query })

  const seek = async (way: 1 | -1) => {
    const { cursor, window } = state
    const no = cursor?.no ?? 0
    const near = await ask(no > 0 ? { around: no } : { from: window && !state.following ? 0 : -1 })
    if (near.matched === 0) return
    const from = no > 0 ? Math.max(0, near.at) : near.matched
    const onIt = no > 0 && lineAt(near, from)?.no === no
    const goal = way > 0 ? from + (onIt ? 1 : 0) : from - 1
    const index = no > 0 ? (goal + near.matched) % near.matched : near.matched - 1
    const line = lineAt(near, index) ?? (await ask({ from: index, limit: 1 })).lines[0]
    if (!line) return
    setFound({ needle, count: near.matched, at: index + 1 })
    lines.goTo(line.no)
  }

  const step = (way: 1 | -1) => {
    if (needle === '') return
    if (!only) {
      seek(way).catch((thrown: unknown) => notices.fail(toFailure(thrown)))
      return
    }
    const matched = state.window?.matched ?? 0
    const from = state.cursor?.index ?? (way > 0 ? -1 : matched)
    if (matched > 0) lines.moveTo((from + way + matched) % matched)
  }
  const current: Found = only
    ? { count: state.window?.matched ?? null, at: (state.cursor?.index ?? -1) + 1 }
    : found.needle === needle
      ? found
      : { count: null, at: 0 }
  return { found: current, step }
}
