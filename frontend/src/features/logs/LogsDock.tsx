import { Button, Spinner } from '@patternfly/react-core'
import { useState } from 'react'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { ResizeHandle, useKeptSize } from '../../ui/ResizeHandle'
import { useReturnFocus } from '../../ui/useReturnFocus'
import type { ObjectRef } from '../../wails/model'
import css from './LogsDock.module.css'
import { LogView } from './LogView'
import { isOne } from './OtherClusters'
import type { Look } from './Toolbar'
import { useLog } from './useLog'

interface Props {
  refs: ObjectRef[]
  onClose: () => void
  onOpen: (ref: ObjectRef) => void
}

/** What a log is opened for; another one opens it anew. */
export interface Wanted {
  container: string
  previous: boolean
}

const LEAST = 160
const ABOVE = 200

/** The logs of pods, or of workloads over all their pods and members, as one, at the page's lower edge. */
export function LogsDock({ refs, onClose, onOpen }: Props) {
  useReturnFocus()
  const [height, setHeight] = useKeptSize('logs-height', 340)
  const [wanted, setWanted] = useState<Wanted>({ container: '', previous: false })
  const [look, setLook] = useState<Look>({ wrap: false, time: 'local', sources: false, whole: false })
  const [of, setOf] = useState(refs)
  const [shown, setShown] = useState(refs)
  if (refs !== of) {
    setOf(refs)
    setShown(refs)
  }
  const { state, again } = useLog({ refs, ...wanted, tail: 0 }, shown)
  const most = Math.max(LEAST, window.innerHeight - ABOVE)
  const size = Math.min(height, most)
  return (
    <section
      aria-label={title(refs)}
      className={css.dock}
      data-whole={look.whole}
      style={look.whole ? {} : { blockSize: size }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        onClose()
      }}
    >
      {!look.whole && (
        <ResizeHandle label="Height of the logs" edge="top" size={size} least={LEAST} most={most} onSize={setHeight} />
      )}
      {state.at === 'open' ? (
        <LogView
          key={state.id}
          id={state.id}
          title={title(refs)}
          {...{ look, wanted, shown, onClose, onOpen }}
          onShown={setShown}
          onLook={(change) => setLook((now) => ({ ...now, ...change }))}
          onWanted={(change) => setWanted((now) => ({ ...now, ...change }))}
        />
      ) : (
        <div className={css.waiting}>
          {state.at === 'failed' ? (
            <ErrorAlert
              failure={state.failure}
              action={
                <Button variant="link" isInline onClick={again}>
                  Try again
                </Button>
              }
            />
          ) : (
            <p role="status" className={css.opening}>
              <Spinner size="md" aria-hidden="true" /> Opening the logs…
            </p>
          )}
          <Button variant="link" onClick={onClose}>
            Close the logs
          </Button>
        </div>
      )}
    </section>
  )
}

function title(refs: readonly ObjectRef[]): string {
  const [first] = refs
  return first && isOne(refs) ? `Logs of ${first.name}` : `Logs of ${refs.length} objects`
}
