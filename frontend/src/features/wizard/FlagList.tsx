import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon'
import ExclamationTriangleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon'
import InfoCircleIcon from '@patternfly/react-icons/dist/esm/icons/info-circle-icon'
import type { ReactNode } from 'react'
import { visibleLines } from '../../lib/visible'
import { Plain } from '../../ui/Plain'
import type { Flag } from '../../wails/model'
import css from './FlagList.module.css'
import { byLoudness, type Severity, severityOf } from './verdict'

const ICON: Record<Severity, ReactNode> = {
  info: <InfoCircleIcon className={css.info ?? ''} />,
  warning: <ExclamationTriangleIcon className={css.warning ?? ''} />,
  danger: <ExclamationCircleIcon className={css.danger ?? ''} />,
}

const WORD: Record<Severity, string> = { info: 'Note', warning: 'Warning', danger: 'Danger' }

/** What a person should know before importing, loudest first; dangers are open from the start. */
export function FlagList({ flags }: { flags: readonly Flag[] }) {
  if (flags.length === 0) return null
  return (
    <ul className={css.list} aria-label="What it asks for">
      {byLoudness(flags).map((flag, i) => {
        const severity = severityOf(flag)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two flags can be the same in every word
          <li key={`${flag.kind} ${i}`}>
            <details open={severity === 'danger'} className={css.flag}>
              <summary>
                <span aria-hidden="true">{ICON[severity]}</span>
                <span className="visually-hidden">{WORD[severity]}: </span>
                <Plain>{flag.title}</Plain>
              </summary>
              <p className={css.detail}>
                <bdi>{visibleLines(flag.detail)}</bdi>
              </p>
            </details>
          </li>
        )
      })}
    </ul>
  )
}
