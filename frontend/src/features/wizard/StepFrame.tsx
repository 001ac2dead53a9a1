import { Button } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { ErrorAlert } from '../../ui/ErrorAlert'
import type { Failure } from '../../wails/model'
import { Frame, type Step } from './Frame'
import css from './Frame.module.css'
import { type StepID, stepsOf } from './steps'

/** What every step has from the wizard around it. */
export interface Around {
  title: string
  titleID: string
  onStep: (step: StepID) => void
  /** Cancel. */
  onLeave: () => void
  /** Shown instead of the buttons while it is asked whether to leave. */
  leaving: ReactNode
}

interface Props {
  around: Around
  steps: readonly Step<StepID>[]
  step: StepID
  heading: string
  /** Where Back goes; null is nowhere. */
  back: StepID | null
  /** The button that goes on. */
  next: ReactNode
  busy: boolean
  failure: Failure | null
  children: ReactNode
}

/** A step of a wizard: Frame with Back, the way on and Cancel below. */
export function StepFrame({ around, steps, step, heading, back, next, busy, failure, children }: Props) {
  return (
    <Frame
      title={around.title}
      titleID={around.titleID}
      steps={steps}
      step={step}
      heading={heading}
      onStep={around.onStep}
      footer={
        around.leaving ?? (
          <>
            {failure && (
              <div className={css.failure}>
                <ErrorAlert failure={failure} />
              </div>
            )}
            <Button
              variant="secondary"
              isDisabled={back === null || busy}
              onClick={() => {
                if (back) around.onStep(back)
              }}
            >
              Back
            </Button>
            {next}
            <Button variant="link" className={css.push ?? ''} isDisabled={busy} onClick={around.onLeave}>
              Cancel
            </Button>
          </>
        )
      }
    >
      {children}
    </Frame>
  )
}

/** The first step, when there is nothing yet to go on with or back to. */
export function SourceFrame({
  around,
  ids,
  heading,
  children,
}: {
  around: Around
  ids: readonly StepID[]
  heading: string
  children: ReactNode
}) {
  return (
    <Frame
      title={around.title}
      titleID={around.titleID}
      steps={stepsOf(ids, (id) => id === 'source')}
      step="source"
      heading={heading}
      onStep={() => undefined}
      footer={
        around.leaving ?? (
          <Button variant="link" className={css.push ?? ''} onClick={around.onLeave}>
            Cancel
          </Button>
        )
      }
    >
      {children}
    </Frame>
  )
}
