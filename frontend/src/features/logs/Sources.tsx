import BanIcon from '@patternfly/react-icons/dist/esm/icons/ban-icon'
import CheckCircleIcon from '@patternfly/react-icons/dist/esm/icons/check-circle-icon'
import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon'
import InProgressIcon from '@patternfly/react-icons/dist/esm/icons/in-progress-icon'
import type { ReactNode } from 'react'
import { ColorDot } from '../../ui/ColorDot'
import { Plain } from '../../ui/Plain'
import type { LogSource, ObjectRef } from '../../wails/model'
import css from './Sources.module.css'
import type { SourceName } from './sourceNames'
import { STATES, stateOf } from './sourceStates'

interface Props {
  sources: readonly LogSource[]
  names: ReadonlyMap<string, SourceName>
  /** The one whose lines show; '' is all. */
  chosen: string
  onChoose: (key: string) => void
  onOpen: (ref: ObjectRef) => void
}

/** Every container (and workload that there is something to say of) whose lines are here or should be, with how it stands and why. One of them can be shown alone. */
export function Sources({ sources, names, chosen, onChoose, onOpen }: Props) {
  return (
    <section className={css.panel} aria-label="Sources">
      <ul className={css.list}>
        {sources.map((source) => {
          const name = names.get(source.key)
          const state = stateOf(source)
          const on = chosen === source.key
          return (
            <li key={source.key} className={css.source} data-state={state}>
              <button
                type="button"
                className={css.choose}
                aria-pressed={on}
                title={name?.full}
                onClick={() => onChoose(on ? '' : source.key)}
              >
                <ColorDot color={name?.color ?? ''} />
                <span className={css.name}>
                  <span className="visually-hidden">Only lines of </span>
                  {name?.short}
                </span>
                <span className={css.lines}>{source.lines.toLocaleString()}</span>
              </button>
              <p className={css.state}>
                <span className={css.icon} aria-hidden="true">
                  {ICONS[state]}
                </span>
                {STATES[state]}
                {source.why && (
                  <>
                    {': '}
                    <Plain>{source.why}</Plain>
                  </>
                )}
              </p>
              {source.container !== '' && (
                <button type="button" className={css.open} onClick={() => onOpen(podOf(source))}>
                  Open pod <Plain>{source.pod}</Plain>
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const ICONS: Record<keyof typeof STATES, ReactNode> = {
  waiting: <InProgressIcon />,
  live: <CheckCircleIcon />,
  ended: <BanIcon />,
  failed: <ExclamationCircleIcon />,
}

/** The pod that a source is of. */
export function podOf({ member, namespace, pod }: LogSource): ObjectRef {
  return { member, kind: 'pods', namespace, name: pod, uid: '' }
}
