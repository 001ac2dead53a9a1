import { type ReactNode, useRef, useState } from 'react'
import { useBackend } from '../../wails/context'
import type { Import } from '../../wails/model'
import { useAddress } from '../address/useAddress'
import { Found } from './Found'
import { Sources } from './Sources'
import { type Around, SourceFrame } from './StepFrame'
import type { StepID } from './steps'
import { WizardModal } from './WizardModal'

interface Props {
  title: string
  /** What the first step asks. */
  heading: string
  /** The steps that are always there. */
  ids: readonly StepID[]
  /** An import that is there already; '' starts at the source. */
  ticket?: string
  /** The step that follows a way found by an address. */
  afterWay: StepID
  /** True when leaving would lose what was picked or typed after the source. */
  entered: () => boolean
  /** Another import is taken: what was picked of the last one goes. */
  onReset: () => void
  onClose: () => void
  children: (parts: { around: Around; found: Import; step: StepID; sources: ReactNode; looking: boolean }) => ReactNode
}

/** What both wizards do: they find an import, keep it while its steps are gone through, and drop it when one leaves. */
export function ImportWizard({ title, heading, ids, ticket: given = '', afterWay, ...props }: Props) {
  const backend = useBackend()
  const address = useAddress()
  const [ticket, setTicket] = useState(given)
  const [step, setStep] = useState<StepID>(given === '' ? 'source' : 'pick')
  const secret = useRef(false)

  // An import that can't be dropped ends by itself after some minutes.
  const drop = () => {
    if (ticket !== '') backend.cancelImport(ticket).catch(() => undefined)
  }
  const take = (next: string, byWay = false) => {
    drop()
    props.onReset()
    secret.current = false
    setTicket(next)
    setStep(byWay ? afterWay : 'pick')
  }
  const close = () => {
    drop()
    address.drop()
    props.onClose()
  }
  const sources = (
    <Sources
      address={address}
      onTicket={take}
      onSecret={(there) => {
        secret.current = there
      }}
    />
  )
  return (
    <WizardModal entered={() => secret.current || address.touched || props.entered()} onClose={close}>
      {({ titleID, leave, leaving }) => {
        const around: Around = { title, titleID, leaving, onStep: setStep, onLeave: leave }
        const start = (body: ReactNode, words: string) => (
          <SourceFrame around={around} ids={ids} heading={words}>
            {body}
          </SourceFrame>
        )
        if (ticket === '') return start(sources, heading)
        return (
          <Found key={ticket} ticket={ticket} otherwise={start} sources={sources}>
            {(found) => props.children({ around, found, step, sources, looking: address.value !== null })}
          </Found>
        )
      }}
    </WizardModal>
  )
}
