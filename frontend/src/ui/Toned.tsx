import CheckCircleIcon from '@patternfly/react-icons/dist/esm/icons/check-circle-icon'
import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon'
import ExclamationTriangleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon'
import InProgressIcon from '@patternfly/react-icons/dist/esm/icons/in-progress-icon'
import type { ReactNode } from 'react'
import { assertNever } from '../lib/assertNever'
import type { Tone } from '../wails/model'
import { Plain } from './Plain'
import css from './Toned.module.css'

/** Words with how they are to be taken: an icon and its colour, so that neither is needed alone. */
export function Toned({ tone, children }: { tone: Tone; children: string }) {
  const sign = icon(tone)
  return (
    <span className={css.toned} data-tone={tone}>
      {sign && (
        <span className={css.icon} aria-hidden="true">
          {sign}
        </span>
      )}
      <span className={css.words}>
        <Plain>{children}</Plain>
      </span>
    </span>
  )
}

function icon(tone: Tone): ReactNode {
  switch (tone) {
    case 'none':
      return null
    case 'good':
      return <CheckCircleIcon />
    case 'busy':
      return <InProgressIcon />
    case 'warning':
      return <ExclamationTriangleIcon />
    case 'bad':
      return <ExclamationCircleIcon />
    default:
      return assertNever(tone)
  }
}
