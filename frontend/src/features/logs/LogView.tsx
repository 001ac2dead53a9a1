import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useBackend, useFleet } from '../../wails/context'
import type { LogSource, Member, ObjectRef } from '../../wails/model'
import { LogList } from './LogList'
import type { Wanted } from './LogsDock'
import css from './LogsDock.module.css'
import { createLines, type Filters, lineAt } from './lines'
import { Nothing } from './Nothing'
import { OtherClusters } from './OtherClusters'
import { Search } from './Search'
import { Sources } from './Sources'
import { StatusLine } from './StatusLine'
import { sourceNames } from './sourceNames'
import { type Look, Toolbar } from './Toolbar'
import { useFind } from './useFind'
import { useLogActions } from './useLogActions'

interface Props {
  id: string
  title: string
  look: Look
  wanted: Wanted
  /** What the log is of now; it can be of namesakes in more clusters, or fewer. */
  shown: ObjectRef[]
  onShown: (refs: ObjectRef[]) => void
  onLook: (change: Partial<Look>) => void
  onWanted: (change: Partial<Wanted>) => void
  onClose: () => void
  onOpen: (ref: ObjectRef) => void
}

const NO_FILTER: Filters = { search: '', levels: [], source: '', after: 0 }
const ROW_HEIGHT = 20
const NOBODY: readonly Member[] = []
const NO_SOURCES: readonly LogSource[] = []

/** One open log: its lines with everything that finds, filters and keeps them. */
export function LogView({ id, title, look, wanted, shown, onShown, onLook, onWanted, onClose, onOpen }: Props) {
  const members = useMembers()
  const searchBox = useRef<HTMLInputElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const [needle, setNeedle] = useState('')
  const [only, setOnly] = useState(false)
  const [chosen, setChosen] = useState(NO_FILTER)
  const choose = (change: Partial<Filters>) => setChosen((now) => ({ ...now, ...change }))
  const filters = useMemo(() => ({ ...chosen, search: only ? needle : '' }), [chosen, only, needle])
  const { lines, state } = useLines(id, filters)
  const { found, step } = useFind(id, lines, state, filters, needle)

  const { window: known, following, paused, cursor } = state
  const sources = known?.sources ?? NO_SOURCES
  const names = useMemo(() => sourceNames(sources, members), [sources, members])
  const current = known && cursor ? lineAt(known, cursor.index) : undefined
  const { copy, clear, download } = useLogActions(id, filters, current)
  const empty = known !== null && known.matched === 0
  const showAll = () => {
    setChosen(NO_FILTER)
    setNeedle('')
  }
  const follow = () => lines.follow(!following || paused)
  const focusList = () => body.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus()
  useEffect(focusList, [])

  const onKey = (event: KeyboardEvent) => {
    const keys = new Map<string, () => void>([
      ['/', () => searchBox.current?.focus()],
      ['f', follow],
      ['w', () => onLook({ wrap: !look.wrap })],
      ['n', () => step(1)],
      ['N', () => step(-1)],
      ['c', copy],
    ])
    const run = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys.get(event.key)
    if (!run) return
    event.preventDefault()
    event.stopPropagation()
    run()
  }
  const more = () => [
    {
      id: 'previous',
      title: 'Containers that ran before',
      checked: wanted.previous,
      run: () => onWanted({ previous: !wanted.previous }),
    },
    {
      id: 'clear',
      title: 'Clear the view',
      run: () =>
        clear((after) => {
          choose({ after })
          lines.follow(true)
        }),
    },
    { id: 'all', title: 'Show all lines', run: showAll },
    {
      id: 'copy',
      title: 'Copy the line',
      keys: 'C',
      ...(current ? {} : { refused: 'Choose a line first.' }),
      run: copy,
    },
    { id: 'download', title: 'Download…', parted: true, run: download },
  ]
  return (
    <>
      <Toolbar
        {...{ look, onLook, following, paused, more, onClose }}
        levels={chosen.levels}
        onLevels={(levels) => choose({ levels })}
        containers={containersOf(sources)}
        container={wanted.container}
        onContainer={(container) => onWanted({ container })}
        sources={sources.length}
        onFollow={follow}
        onPause={() => lines.pause(!paused)}
      >
        <h2 className={css.title}>{title}</h2>
        <OtherClusters {...{ shown, members, onShown }} />
        <Search
          box={searchBox}
          {...{ needle, only, found }}
          onNeedle={setNeedle}
          onOnly={setOnly}
          onStep={step}
          onLeave={focusList}
        />
      </Toolbar>
      {state.failure && <ErrorAlert failure={state.failure} />}
      <div ref={body} className={css.body}>
        <div className={css.lines}>
          {empty ? (
            <Nothing window={known} filters={filters} previous={wanted.previous} onAll={showAll} />
          ) : (
            <LogList
              {...{ lines, state, names, needle, onKey }}
              wrap={look.wrap}
              time={look.time}
              rowHeight={ROW_HEIGHT}
            />
          )}
          {!empty && (!following || paused) && (
            <button type="button" className={css.jump} onClick={() => lines.follow(true)}>
              Jump to the end{state.fresh > 0 ? ` (${state.fresh.toLocaleString()} new)` : ''}
            </button>
          )}
        </div>
        {look.sources && (
          <Sources {...{ sources, names, onOpen }} chosen={chosen.source} onChoose={(source) => choose({ source })} />
        )}
      </div>
      {known && (
        <StatusLine
          window={known}
          members={members}
          paused={paused}
          current={current}
          name={current && names.get(current.source)}
        />
      )}
    </>
  )
}

/** The lines of an open log under these filters, kept current while mounted. */
function useLines(id: string, filters: Filters) {
  const backend = useBackend()
  const [lines] = useState(() => createLines((query) => backend.logs.window(id, query), filters))
  useEffect(() => {
    const stop = lines.start()
    const deaf = backend.on('logs', (bell) => {
      if (bell.key === id) lines.news()
    })
    return () => {
      deaf()
      stop()
    }
  }, [backend, lines, id])
  useEffect(() => lines.filter(filters), [lines, filters])
  return { lines, state: useStore(lines.store) }
}

function useMembers(): readonly Member[] {
  const { state } = useFleet()
  return state.status === 'ready' ? state.value.members : NOBODY
}

function containersOf(sources: readonly LogSource[]): readonly string[] {
  return [...new Set(sources.map((s) => s.container))].sort((a, b) => a.localeCompare(b))
}
