import { Button } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { EmptyView } from '../../ui/EmptyView'
import { Plain } from '../../ui/Plain'
import type { LogSource, LogWindow } from '../../wails/model'
import type { Filters } from './lines'
import { stateOf } from './sourceStates'

interface Props {
  window: LogWindow
  filters: Filters
  previous: boolean
  /** Shows all lines again. */
  onAll: () => void
}

/** Why no line shows. */
export function Nothing({ window, filters, previous, onAll }: Props) {
  if (window.total > 0) {
    const cleared = filters.after > 0 && filters.search === '' && filters.levels.length === 0 && filters.source === ''
    return (
      <EmptyView
        title={cleared ? 'No new lines yet' : 'No line matches'}
        level="h3"
        actions={
          <Button variant="link" onClick={onAll}>
            Show all lines
          </Button>
        }
      >
        {cleared ? 'You cleared the view; what comes from now on shows here.' : 'Change the search or the filters.'}
      </EmptyView>
    )
  }
  const [title, words] = standing(window, previous)
  return (
    <EmptyView title={title} level="h3">
      {words}
    </EmptyView>
  )
}

function standing({ sources }: LogWindow, previous: boolean): [title: string, words: ReactNode] {
  if (sources.length === 0) return ['No pods yet', 'Lines show here as soon as there is a pod.']
  const states = new Set(sources.map(stateOf))
  if (states.has('live')) return ['No lines yet', 'The containers run, and have written nothing.']
  if (states.has('waiting')) return ['Waiting for the containers', <Whys key="why" sources={sources} />]
  if (states.has('failed')) return ['The logs can’t be read', <Whys key="why" sources={sources} />]
  return previous
    ? ['Nothing was kept', 'No container ran here before, or its log is gone.']
    : ['The containers have ended', 'They wrote nothing.']
}

/** Each reason once, however many containers have it. */
function Whys({ sources }: { sources: readonly LogSource[] }) {
  const whys = new Set(sources.map((source) => source.why).filter(Boolean))
  return [...whys].map((why) => (
    <p key={why}>
      <Plain>{why}</Plain>
    </p>
  ))
}
