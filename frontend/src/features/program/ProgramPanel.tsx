import { Button, Skeleton } from '@patternfly/react-core'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { usePrograms } from '../../wails/context'
import type { Program, Subject } from '../../wails/model'
import { subjectKey } from '../../wails/stores/programs'
import { Approve } from './Approve'
import { Missing } from './Missing'
import css from './Program.module.css'
import { RunBox } from './RunBox'

interface Props {
  subject: Subject
  /** Called when the person has allowed it. */
  onAllowed?: (program: Program) => void
}

/** The program that a credential wants run: what it is, whether it may, and a talk with one that wants to talk. */
export function ProgramPanel({ subject, onAllowed }: Props) {
  const resource = usePrograms([subject]).get(subjectKey(subject))
  const state = resource?.store.getState() ?? { status: 'loading' }
  const again = (
    <Button variant="link" isInline onClick={() => resource?.pull()}>
      Look again
    </Button>
  )
  if (state.status === 'loading') return <Skeleton height="12rem" screenreaderText="Looking at the program" />
  if (state.status === 'failed') return <ErrorAlert failure={state.failure} action={again} />
  const { value: program, failure } = state
  return (
    <div className={css.panel}>
      {failure && <ErrorAlert failure={failure} action={again} />}
      {program.path === '' ? (
        <Missing program={program} again={again} />
      ) : program.allowed && program.interactive ? (
        <RunBox program={program} />
      ) : (
        // What was ticked for one program must not count for another.
        <Approve key={program.id} program={program} onAllowed={onAllowed} />
      )}
    </div>
  )
}
