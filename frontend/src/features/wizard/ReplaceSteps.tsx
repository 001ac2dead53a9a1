import { Alert, Button } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useSubmit } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useNotices } from '../../ui/Notices'
import { useBackend } from '../../wails/context'
import type { Import, Member } from '../../wails/model'
import { ContextPicker } from './ContextPicker'
import { Differences } from './Differences'
import { Frame, type Step } from './Frame'
import css from './Frame.module.css'
import { bestFor, differences, forMember } from './replace'
import { SourceProblems } from './SourceProblems'
import { TestStep } from './TestStep'
import { importable } from './verdict'
import { visible } from './visible'
import { count } from './words'

export type ReplaceStepID = 'source' | 'pick' | 'test'

interface Props {
  title: string
  titleID: string
  member: Member
  found: Import
  step: ReplaceStepID
  /** The context that the person chose; null takes the one that fits best. */
  index: number | null
  sources: ReactNode
  onIndex: (index: number) => void
  onStep: (step: ReplaceStepID) => void
  onLeave: () => void
  leaving: ReactNode
  onReplaced: () => void
}

const HEADING: Record<ReplaceStepID, string> = {
  source: 'Where is the new kubeconfig?',
  pick: 'Which context?',
  test: 'Does it work?',
}

/** The steps of replacing a member's credentials once an import is there. */
export function ReplaceSteps(props: Props) {
  const { member, found, step, onStep, onIndex } = props
  const backend = useBackend()
  const notices = useNotices()
  const { busy, failure, submit } = useSubmit()
  const best = bestFor(found.candidates, member)
  const candidate = found.candidates.find((c) => c.index === (props.index ?? best?.index))
  const usable = candidate !== undefined && importable(candidate)
  const differs = usable ? differences(member, candidate) : []

  const replace = () => {
    if (candidate === undefined) return
    submit(
      () => backend.replaceCredentials(member.id, found.ticket, candidate.index),
      () => {
        notices.say(`${visible(member.name)} has new credentials.`)
        props.onReplaced()
      },
    )
  }

  const steps: Step<ReplaceStepID>[] = [
    { id: 'source', title: 'Source', open: !busy },
    { id: 'pick', title: 'Context', open: !busy },
    { id: 'test', title: 'Test', open: usable && !busy },
  ]
  const failed = candidate?.tested === true && !candidate.passed
  const back: ReplaceStepID = step === 'test' ? 'pick' : 'source'
  return (
    <Frame
      title={props.title}
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
            <Button variant="secondary" isDisabled={step === 'source' || busy} onClick={() => onStep(back)}>
              Back
            </Button>
            {step === 'source' && (
              <Button variant="primary" onClick={() => onStep('pick')}>
                Go on with {count(found.candidates.length, 'context')}
              </Button>
            )}
            {step === 'pick' && (
              <Button variant="primary" isDisabled={!usable} onClick={() => onStep('test')}>
                Next
              </Button>
            )}
            {step === 'test' && (
              <Button variant="primary" isLoading={busy} isDisabled={busy || !candidate?.tested} onClick={replace}>
                {failed || differs.length > 0 ? 'Replace anyway' : 'Replace credentials'}
              </Button>
            )}
            <Button variant="link" className={css.push ?? ''} isDisabled={busy} onClick={props.onLeave}>
              Cancel
            </Button>
          </>
        )
      }
    >
      {step === 'source' && props.sources}
      {step === 'pick' && (
        <>
          <SourceProblems sources={found.sources} />
          {best === undefined && differs.length === 0 && (
            <Alert component="p" isInline variant="warning" title="None of these contexts is for this cluster’s server">
              The view has {visible(member.server)} for {visible(member.name)}. If it has moved, choose its new context.
            </Alert>
          )}
          {differs.length > 0 && <Differences of={member.name} rows={differs} />}
          <ContextPicker
            label="Contexts"
            candidates={forMember(found.candidates, member)}
            start={candidate?.index ?? null}
            keys="Arrow keys move, Space or Enter chooses. Contexts of this cluster’s server come first."
            onEnter={(c) => {
              if (importable(c)) onIndex(c.index)
            }}
            radio={{
              label: (c) => `Use ${c.context}`,
              value: candidate?.index ?? null,
              disabled: (c) => !importable(c),
              onChange: onIndex,
            }}
          />
        </>
      )}
      {step === 'test' && candidate && (
        <>
          {differs.length > 0 && <Differences of={member.name} rows={differs} />}
          <TestStep ticket={found.ticket} picked={[candidate]} testing={found.testing} nameOf={() => member.name} />
        </>
      )}
    </Frame>
  )
}
