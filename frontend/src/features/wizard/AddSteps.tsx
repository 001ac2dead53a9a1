import { Button } from '@patternfly/react-core'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { assertNever } from '../../lib/assertNever'
import { useSubmit } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useNotices } from '../../ui/Notices'
import { useBackend, useFleet } from '../../wails/context'
import type { Candidate, Import } from '../../wails/model'
import { adding, contested } from './clash'
import { connect, doneWords } from './connect'
import { Frame, type Step } from './Frame'
import css from './Frame.module.css'
import { NameStep, type NameStepHandle } from './NameStep'
import { proposeNames } from './names'
import { PickStep } from './PickStep'
import { chosen, draftOf, type PickAction, type Picks } from './picks'
import { Sources } from './Sources'
import { Finish, Next } from './StepButtons'
import { TestStep } from './TestStep'
import { checkDrafts } from './validate'
import { addable } from './verdict'
import { count } from './words'

export type StepID = 'source' | 'pick' | 'name' | 'test'

interface Props {
  titleID: string
  found: Import
  step: StepID
  picks: Picks
  dispatch: (action: PickAction) => void
  onStep: (step: StepID) => void
  onTicket: (ticket: string) => void
  onPasted: (pasted: boolean) => void
  /** Cancel. */
  onLeave: () => void
  /** Shown instead of the buttons while it is asked whether to leave. */
  leaving: ReactNode
  onConnected: () => void
}

const HEADING: Record<StepID, string> = {
  source: 'Where are the kubeconfigs?',
  pick: 'Which contexts do you want in your view?',
  name: 'How do you want to call them?',
  test: 'Can they be reached?',
}

/** The steps of adding clusters once an import is there. */
export function AddSteps(props: Props) {
  const { found, step, picks, dispatch, onStep } = props
  const backend = useBackend()
  const notices = useNotices()
  const { state } = useFleet()
  const names = useRef<NameStepHandle>(null)
  const replaced = useRef(new Set<number>())
  const { busy, failure, submit } = useSubmit()

  const members = state.status === 'ready' ? state.value.members : []
  const memberNames = new Set(members.map((m) => m.name))
  const groups = [...new Set(members.map((m) => m.group))].filter(Boolean).toSorted((a, b) => a.localeCompare(b))
  const candidates = useMemo(() => proposeNames(found.candidates), [found.candidates])
  const picked = chosen(picks, candidates)
  const only = candidates.length === 1 ? addable(candidates).indexes[0] : undefined
  useEffect(() => {
    if (only !== undefined) dispatch({ type: 'select', indexes: [only] })
  }, [only, dispatch])
  const pickable = picked.length > 0 && contested(picked).length === 0
  const named = pickable && checkDrafts(picks, adding(picked), memberNames).size === 0
  const nameOf = (c: Candidate) => (c.memberID === '' ? draftOf(picks, c).name.trim() : c.memberName)

  const steps: Step<StepID>[] = [
    { id: 'source', title: 'Source', open: !busy },
    { id: 'pick', title: 'Contexts', open: !busy },
    { id: 'name', title: 'Names', open: pickable && !busy },
    { id: 'test', title: 'Test', open: named && !busy },
  ]

  const finish = () =>
    submit(
      () => connect(backend, found.ticket, picked, picks, replaced.current),
      () => {
        notices.say(doneWords(picked))
        props.onConnected()
      },
    )

  const parts = (): { body: ReactNode; back: StepID | null; next: ReactNode } => {
    switch (step) {
      case 'source':
        return {
          body: <Sources onTicket={props.onTicket} onPasted={props.onPasted} />,
          back: null,
          next: (
            <Next words={`Go on with ${count(found.candidates.length, 'context')}`} onClick={() => onStep('pick')} />
          ),
        }
      case 'pick':
        return {
          body: <PickStep found={found} picks={picks} dispatch={dispatch} />,
          back: 'source',
          next: <Next words="Next" disabled={!pickable} onClick={() => onStep('name')} />,
        }
      case 'name':
        return {
          body: (
            <NameStep
              ref={names}
              picked={picked}
              picks={picks}
              memberNames={memberNames}
              groups={groups}
              dispatch={dispatch}
            />
          ),
          back: 'pick',
          next: <Next words="Next" onClick={() => names.current?.check() && onStep('test')} />,
        }
      case 'test':
        return {
          body: <TestStep ticket={found.ticket} picked={picked} testing={found.testing} nameOf={nameOf} />,
          back: 'name',
          next: <Finish picked={picked} busy={busy} onClick={finish} />,
        }
      default:
        return assertNever(step)
    }
  }

  const { body, back, next } = parts()
  return (
    <Frame
      title="Add clusters"
      titleID={props.titleID}
      steps={steps}
      step={step}
      heading={HEADING[step]}
      onStep={onStep}
      footer={
        props.leaving ?? (
          <>
            {failure && step === 'test' && (
              <div className={css.failure}>
                <ErrorAlert failure={failure} />
              </div>
            )}
            <Button
              variant="secondary"
              isDisabled={back === null || busy}
              onClick={() => {
                if (back) onStep(back)
              }}
            >
              Back
            </Button>
            {next}
            <Button variant="link" className={css.push ?? ''} isDisabled={busy} onClick={props.onLeave}>
              Cancel
            </Button>
          </>
        )
      }
    >
      {body}
    </Frame>
  )
}
