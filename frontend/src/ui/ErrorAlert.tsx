import { Alert } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import type { Failure } from '../wails/model'

/** A failure where it happened: what went wrong, then what to do next. */
export function ErrorAlert({ failure, action }: { failure: Failure; action?: ReactNode }) {
  const title = failure.member ? `${failure.member}: ${failure.message}` : failure.message
  return (
    <div role="alert">
      <Alert component="p" variant="danger" isInline title={title} actionLinks={action}>
        {failure.hint}
      </Alert>
    </div>
  )
}
