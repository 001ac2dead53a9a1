import { Button } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { visible } from '../../lib/visible'
import { useSubmit } from '../../ui/act'
import { useNotices } from '../../ui/Notices'
import { useBackend } from '../../wails/context'
import type { Import, Member } from '../../wails/model'
import { AccessNext, AccessStep, GO_ON_HINT } from './AccessStep'
import { Differences } from './Differences'
import { ReplacePick } from './ReplacePick'
import { bestFor, differences } from './replace'
import { Next } from './StepButtons'
import { type Around, StepFrame } from './StepFrame'
import { type StepID, stepsOf } from './steps'
import { TestStep } from './TestStep'
import { accessHeading, useAccess } from './useAccess'
import { importable } from './verdict'
import { count } from './words'

interface Props {
  around: Around
  member: Member
  found: Import
  step: StepID
  sources: ReactNode
  /** An address is looked up in the sources. */
  looking: boolean
  /** The context that the person chose; null takes the one that fits best. */
  index: number | null
  onIndex: (index: number) => void
  onReplaced: () => void
}

/** The steps of replacing a member's credentials once an import is there. */
export function ReplaceSteps({
  around,
  member,
  found,
  step: asked,
  sources,
  looking,
  index,
  onIndex,
  onReplaced,
}: Props) {
  const backend = useBackend()
  const notices = useNotices()
  const { busy, failure, submit } = useSubmit()
  const best = bestFor(found.candidates, member)
  const candidate = found.candidates.find((c) => c.index === (index ?? best?.index))
  const usable = candidate !== undefined && importable(candidate)
  const differs = usable ? differences(member, candidate) : []
  const access = useAccess(found.ticket, usable ? [candidate] : [])
  const failed = candidate?.tested === true && !candidate.passed

  const replace = () => {
    if (candidate === undefined) return
    submit(
      () => backend.replaceCredentials(member.id, found.ticket, candidate.index),
      () => {
        notices.say(`${visible(member.name)} has new credentials.`)
        onReplaced()
      },
    )
  }

  const step = asked !== 'source' && !usable ? 'pick' : asked === 'access' && !access.needed ? 'test' : asked
  const ids: StepID[] = access.needed ? ['source', 'pick', 'access', 'test'] : ['source', 'pick', 'test']
  const at = ids.indexOf(step)
  const forward = () => around.onStep(ids[at + 1] ?? step)

  const parts = (): { heading: string; body: ReactNode; next: ReactNode } => {
    switch (step) {
      case 'pick':
        return {
          heading: 'Which context?',
          body: <ReplacePick found={found} member={member} candidate={candidate} differs={differs} onIndex={onIndex} />,
          next: <Next words="Next" disabled={!usable} onClick={forward} />,
        }
      case 'access':
        return {
          heading: accessHeading(access),
          body: <AccessStep access={access} hint={GO_ON_HINT} />,
          next: <AccessNext access={access} onClick={forward} />,
        }
      case 'test':
        return {
          heading: 'Does it work?',
          body: candidate && (
            <>
              {differs.length > 0 && <Differences of={member.name} rows={differs} />}
              <TestStep ticket={found.ticket} picked={[candidate]} testing={found.testing} nameOf={() => member.name} />
            </>
          ),
          next: (
            <Button variant="primary" isLoading={busy} isDisabled={busy || !candidate?.tested} onClick={replace}>
              {failed || differs.length > 0 ? 'Replace anyway' : 'Replace credentials'}
            </Button>
          ),
        }
      default:
        return {
          heading: 'Where are the new credentials?',
          body: sources,
          next: !looking && (
            <Next words={`Go on with ${count(found.candidates.length, 'context')}`} onClick={forward} />
          ),
        }
    }
  }

  const { heading, body, next } = parts()
  return (
    <StepFrame
      around={around}
      steps={stepsOf(ids, (id) => (id === 'source' || id === 'pick' || usable) && !busy)}
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
