import { Spinner } from '@patternfly/react-core'
import BanIcon from '@patternfly/react-icons/dist/esm/icons/ban-icon'
import CheckCircleIcon from '@patternfly/react-icons/dist/esm/icons/check-circle-icon'
import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon'
import ExclamationTriangleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon'
import type { ReactNode } from 'react'
import { type CheckState, checkState } from '../lib/checks'
import type { Check } from '../wails/model'
import css from './CheckList.module.css'
import { Plain } from './Plain'

const LOOK: Record<CheckState, { word: string; icon: ReactNode }> = {
  running: { word: 'Running', icon: <Spinner size="sm" aria-hidden="true" /> },
  ok: { word: 'Passed', icon: <CheckCircleIcon /> },
  warning: { word: 'Warning', icon: <ExclamationTriangleIcon /> },
  failed: { word: 'Failed', icon: <ExclamationCircleIcon /> },
  skipped: { word: 'Skipped', icon: <BanIcon /> },
}

/** Each check of a test with its outcome. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  return (
    <ul className={css.checks}>
      {checks.map((check) => {
        const state = checkState(check)
        return (
          <li key={check.id} data-state={state} className={css.check}>
            <span aria-hidden="true" className={css.icon}>
              {LOOK[state].icon}
            </span>
            <span className={css.title}>
              <span className="visually-hidden">{LOOK[state].word}: </span>
              <Plain>{check.title}</Plain>
            </span>
            <span className={css.detail}>
              <Plain>{check.detail}</Plain>
            </span>
            <span className={css.ms}>{check.ms > 0 ? `${check.ms} ms` : ''}</span>
          </li>
        )
      })}
    </ul>
  )
}
