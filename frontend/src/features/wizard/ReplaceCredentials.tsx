import { Button } from '@patternfly/react-core'
import { type ReactNode, useRef, useState } from 'react'
import { useBackend } from '../../wails/context'
import type { Member } from '../../wails/model'
import { Found } from './AddClusters'
import { Frame, type Step } from './Frame'
import { type ReplaceStepID, ReplaceSteps } from './ReplaceSteps'
import { Sources } from './Sources'
import { visible } from './visible'
import { WizardModal } from './WizardModal'

/** Gives a member new credentials: source, one context, test. Its place in the view, its name and labels stay. */
export function ReplaceCredentials({ member, onClose }: { member: Member; onClose: () => void }) {
  const backend = useBackend()
  const [ticket, setTicket] = useState('')
  const [step, setStep] = useState<ReplaceStepID>('source')
  const [index, setIndex] = useState<number | null>(null)
  const pasted = useRef(false)

  // An import that can't be dropped ends by itself after some minutes.
  const drop = () => {
    if (ticket !== '') backend.cancelImport(ticket).catch(() => undefined)
  }
  const take = (next: string) => {
    drop()
    setIndex(null)
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
  const title = `Replace the credentials of ${visible(member.name)}`
  return (
    <WizardModal entered={() => pasted.current || index !== null} onClose={close}>
      {({ titleID, leave, leaving }) => {
        const start = (body: ReactNode, heading: string) => (
          <Frame
            title={title}
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
        if (ticket === '') return start(sources, 'Where is the new kubeconfig?')
        return (
          <Found key={ticket} ticket={ticket} otherwise={start} sources={sources}>
            {(found) => (
              <ReplaceSteps
                title={title}
                titleID={titleID}
                member={member}
                found={found}
                step={step}
                index={index}
                sources={sources}
                onIndex={setIndex}
                onStep={setStep}
                onLeave={leave}
                leaving={leaving}
                onReplaced={onClose}
              />
            )}
          </Found>
        )
      }}
    </WizardModal>
  )
}

const CLOSED: Step<ReplaceStepID>[] = [
  { id: 'source', title: 'Source', open: true },
  { id: 'pick', title: 'Context', open: false },
  { id: 'test', title: 'Test', open: false },
]
