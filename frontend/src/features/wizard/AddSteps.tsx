import { type ReactNode, useLayoutEffect, useMemo, useRef } from 'react'
import { assertNever } from '../../lib/assertNever'
import { useSubmit } from '../../ui/act'
import { useNotices } from '../../ui/Notices'
import { useBackend, useFleet } from '../../wails/context'
import type { Candidate, Import } from '../../wails/model'
import { AccessNext, AccessStep, GO_ON_HINT } from './AccessStep'
import { adding, contested } from './clash'
import { connect, doneWords } from './connect'
import { NameStep, type NameStepHandle } from './NameStep'
import { proposeNames } from './names'
import { PickStep } from './PickStep'
import { chosen, draftOf, type PickAction, type Picks } from './picks'
import { Finish, Next } from './StepButtons'
import { type Around, StepFrame } from './StepFrame'
import { type StepID, stepsOf } from './steps'
import { TestStep } from './TestStep'
import { accessHeading, useAccess } from './useAccess'
import { checkDrafts } from './validate'
import { addable } from './verdict'
import { count } from './words'

interface Props {
  around: Around
  found: Import
  step: StepID
  sources: ReactNode
  /** An address is looked up in the sources. */
  looking: boolean
  picks: Picks
  dispatch: (action: PickAction) => void
  onConnected: () => void
}

/** The steps of adding clusters once an import is there. */
export function AddSteps({ around, found, step: asked, sources, looking, picks, dispatch, onConnected }: Props) {
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
  const access = useAccess(found.ticket, picked)
  const only = candidates.length === 1 ? addable(candidates).indexes[0] : undefined
  // Before the browser paints: an address leads straight to the sign-in.
  useLayoutEffect(() => {
    if (only !== undefined) dispatch({ type: 'select', indexes: [only] })
  }, [only, dispatch])
  const pickable = picked.length > 0 && contested(picked).length === 0
  const named = pickable && checkDrafts(picks, adding(picked), memberNames).size === 0
  const nameOf = (c: Candidate) => (c.memberID === '' ? draftOf(picks, c).name.trim() : c.memberName)

  const step = asked !== 'source' && !pickable ? 'pick' : asked === 'access' && !access.needed ? 'name' : asked
  const open: Record<StepID, boolean> = { source: true, pick: true, access: pickable, name: pickable, test: named }
  const ids: StepID[] = access.needed
    ? ['source', 'pick', 'access', 'name', 'test']
    : ['source', 'pick', 'name', 'test']
  const at = ids.indexOf(step)
  const forward = () => around.onStep(ids[at + 1] ?? step)

  const finish = () =>
    submit(
      () => connect(backend, found.ticket, picked, picks, replaced.current),
      () => {
        notices.say(doneWords(picked))
        onConnected()
      },
    )

  const parts = (): { heading: string; body: ReactNode; next: ReactNode } => {
    switch (step) {
      case 'source':
        return {
          heading: 'Which clusters do you want to add?',
          body: sources,
          next: !looking && (
            <Next words={`Go on with ${count(found.candidates.length, 'context')}`} onClick={forward} />
          ),
        }
      case 'pick':
        return {
          heading: 'Which contexts do you want in your view?',
          body: <PickStep found={found} picks={picks} dispatch={dispatch} />,
          next: <Next words="Next" disabled={!pickable} onClick={forward} />,
        }
      case 'access':
        return {
          heading: accessHeading(access),
          body: <AccessStep access={access} hint={GO_ON_HINT} />,
          next: <AccessNext access={access} onClick={forward} />,
        }
      case 'name':
        return {
          heading: 'How do you want to call them?',
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
          next: <Next words="Next" onClick={() => names.current?.check() && forward()} />,
        }
      case 'test':
        return {
          heading: 'Can they be reached?',
          body: <TestStep ticket={found.ticket} picked={picked} testing={found.testing} nameOf={nameOf} />,
          next: <Finish picked={picked} busy={busy} onClick={finish} />,
        }
      default:
        return assertNever(step)
    }
  }

  const { heading, body, next } = parts()
  return (
    <StepFrame
      around={around}
      steps={stepsOf(ids, (id) => open[id] && !busy)}
      step={step}
      heading={heading}
      back={ids[at - 1] ?? null}
      next={next}
      busy={busy}
      failure={step === 'test' ? failure : null}
    >
      {body}
    </StepFrame>
  )
}
