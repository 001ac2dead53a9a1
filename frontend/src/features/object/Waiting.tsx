import { Button, Spinner } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { ErrorAlert } from '../../ui/ErrorAlert'
import css from './parts.module.css'
import type { Read } from './useRead'

interface Props<T> {
  read: Read<T>
  /** What is read: "the events". */
  what: string
  children: (value: T) => ReactNode
}

/** What was read, or that it is being read, or why it can't be; what is stale shows below its failure. */
export function Waiting<T>({ read, what, children }: Props<T>) {
  const { value, failure, busy, again } = read
  return (
    <>
      {failure && (
        <ErrorAlert
          failure={failure}
          action={
            <Button variant="link" isInline isDisabled={busy} onClick={again}>
              Try again
            </Button>
          }
        />
      )}
      {value === null
        ? !failure && (
            <p role="status" className={css.waiting}>
              <Spinner size="md" aria-hidden="true" /> Reading {what}…
            </p>
          )
        : children(value)}
    </>
  )
}
