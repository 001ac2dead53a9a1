import { Button, Label } from '@patternfly/react-core'
import { useId, useState } from 'react'
import { visible } from '../../lib/visible'
import { Plain } from '../../ui/Plain'
import { ProgramPanel } from '../program/ProgramPanel'
import { SignInCard } from '../signin/SignInCard'
import css from './AccessStep.module.css'
import { Next } from './StepButtons'
import { type Access, isAllowed, type ProgramNeed } from './useAccess'

/** How the picked clusters let one in: each session once, each program after it was looked at. */
export function AccessStep({ access, hint = '' }: { access: Access; hint?: string }) {
  const { sessions, programs, open } = access
  return (
    <div className={css.step}>
      {sessions.map(({ signIn, subject }) => (
        <SignInCard key={`${signIn.key} ${subject.index}`} signIn={signIn} subject={subject} />
      ))}
      {programs.length > 0 && (
        <ul className={css.list} aria-label="Programs">
          {programs.map((need) => (
            <ProgramCard key={need.candidate.index} need={need} alone={programs.length === 1} />
          ))}
        </ul>
      )}
      {open > 0 && hint !== '' && <p className={css.hint}>{hint}</p>}
    </div>
  )
}

export const GO_ON_HINT =
  'You can go on without: the test then says what is missing, and Binnacle asks you again later.'

/** The way on, which is open also while something is left to do. */
export function AccessNext({ access, onClick }: { access: Access; onClick: () => void }) {
  const open = access.open > 0
  return <Next words={open ? 'Go on without' : 'Next'} quiet={open} onClick={onClick} />
}

function ProgramCard({ need, alone }: { need: ProgramNeed; alone: boolean }) {
  const id = useId()
  const { candidate, subject, state } = need
  const allowed = isAllowed(state)
  const [wanted, setWanted] = useState<boolean | null>(null)
  const shown = wanted ?? (alone && !allowed)
  const name = visible(candidate.context)
  return (
    <li className={css.card} aria-label={`Program of ${name}`}>
      <div className={css.head}>
        <strong>
          <Plain>{candidate.context}</Plain>
        </strong>
        <span className={css.command}>
          {state.status === 'ready' && <Plain>{[state.value.command, ...state.value.args].join(' ')}</Plain>}
        </span>
        <Label isCompact color={allowed ? 'green' : 'orange'}>
          {allowed ? 'Allowed' : state.status === 'ready' && state.value.path === '' ? 'Not found' : 'Not allowed yet'}
        </Label>
        <Button
          variant="link"
          isInline
          aria-expanded={shown}
          aria-controls={id}
          aria-label={`${shown ? 'Hide' : 'Look at'} the program of ${name}`}
          onClick={() => setWanted(!shown)}
        >
          {shown ? 'Hide' : 'Look'}
        </Button>
      </div>
      <div id={id}>{shown && <ProgramPanel subject={subject} onAllowed={() => setWanted(false)} />}</div>
    </li>
  )
}
