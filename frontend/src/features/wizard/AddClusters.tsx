import { Button, Spinner } from '@patternfly/react-core'
import { type ReactNode, useReducer, useRef, useState } from 'react'
import { EmptyView } from '../../ui/EmptyView'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useBackend, useImport } from '../../wails/context'
import type { Import } from '../../wails/model'
import { AddSteps, type StepID } from './AddSteps'
import { Frame, type Step } from './Frame'
import { noPicks, reducePicks } from './picks'
import { SourceProblems } from './SourceProblems'
import { Sources } from './Sources'
import { WizardModal } from './WizardModal'

interface Props {
  /** An import that is there already (a drop on the window); '' or none starts at the source. */
  ticket?: string
  onClose: () => void
}

/** The wizard that adds clusters to the view: source, contexts, names, test. Each step remembers what was done in it. */
export function AddClusters({ ticket: given = '', onClose }: Props) {
  const backend = useBackend()
  const [ticket, setTicket] = useState(given)
  const [step, setStep] = useState<StepID>(given === '' ? 'source' : 'pick')
  const [picks, dispatch] = useReducer(reducePicks, noPicks)
  const pasted = useRef(false)

  // An import that can't be dropped ends by itself after some minutes.
  const drop = () => {
    if (ticket !== '') backend.cancelImport(ticket).catch(() => undefined)
  }
  const take = (next: string) => {
    drop()
    dispatch({ type: 'reset' })
    setTicket(next)
    setStep('pick')
  }
  const close = () => {
    drop()
    onClose()
  }
  const onPasted = (is: boolean) => {
    pasted.current = is
  }
  const entered = () => pasted.current || picks.selected.length > 0 || Object.keys(picks.drafts).length > 0
  return (
    <WizardModal entered={entered} onClose={close}>
      {({ titleID, leave, leaving }) => {
        const start = (body: ReactNode, heading: string) => (
          <Frame
            title="Add clusters"
            titleID={titleID}
            steps={CLOSED}
            step="source"
            heading={heading}
            onStep={() => undefined}
            footer={
              leaving ?? (
                <Button variant="link" onClick={leave}>
                  Cancel
                </Button>
              )
            }
          >
            {body}
          </Frame>
        )
        const sources = <Sources onTicket={take} onPasted={onPasted} />
        if (ticket === '') return start(sources, 'Where are the kubeconfigs?')
        return (
          <Found key={ticket} ticket={ticket} otherwise={start} sources={sources}>
            {(found) => (
              <AddSteps
                titleID={titleID}
                found={found}
                step={step}
                picks={picks}
                dispatch={dispatch}
                onStep={setStep}
                onTicket={take}
                onPasted={onPasted}
                onLeave={leave}
                leaving={leaving}
                onConnected={onClose}
              />
            )}
          </Found>
        )
      }}
    </WizardModal>
  )
}

const CLOSED: Step<StepID>[] = [
  { id: 'source', title: 'Source', open: true },
  { id: 'pick', title: 'Contexts', open: false },
  { id: 'name', title: 'Names', open: false },
  { id: 'test', title: 'Test', open: false },
]

interface FoundProps {
  ticket: string
  otherwise: (body: ReactNode, heading: string) => ReactNode
  sources: ReactNode
  children: (found: Import) => ReactNode
}

/** The import once it is read; before that, or when there is nothing in it, why, and the sources again. */
export function Found({ ticket, otherwise, sources, children }: FoundProps) {
  const { state } = useImport(ticket)
  if (state.status === 'loading') return otherwise(<Spinner aria-label="Reading the kubeconfigs" />, 'Reading')
  const failure = state.failure
  if (state.status === 'failed' || failure?.code === 'notFound') {
    const body = (
      <>
        {failure && <ErrorAlert failure={failure} />}
        {sources}
      </>
    )
    return otherwise(body, 'Choose the source again')
  }
  if (state.value.candidates.length > 0) return children(state.value)
  return otherwise(
    <>
      <SourceProblems sources={state.value.sources} open />
      <EmptyView title="No contexts there">
        A kubeconfig names clusters and users in contexts. This one has none.
      </EmptyView>
      {sources}
    </>,
    'Choose another source',
  )
}
