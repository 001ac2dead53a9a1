import { Alert, Button, Spinner } from '@patternfly/react-core'
import { type ReactNode, useEffect, useRef } from 'react'
import { useSubmit } from '../../ui/act'
import { CheckList } from '../../ui/CheckList'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { InFooter } from '../../ui/FooterSlot'
import { Plain } from '../../ui/Plain'
import { useBackend, useLookup } from '../../wails/context'
import type { Lookup } from '../../wails/model'
import css from './Address.module.css'
import { type Address, addressOf } from './address'
import { FoundThere } from './FoundThere'
import { Suggested } from './Suggested'

export interface LookupProps {
  address: Address
  onAddress: (address: Address) => void
  /** The import that a way has become. */
  onTicket: (ticket: string) => void
  onBack: () => void
  /** Called when a secret stands in a field or no longer does. */
  onSecret: (there: boolean) => void
}

/** A look-up: its steps while it runs, then what was found and the ways in. */
export function LookupView(props: LookupProps) {
  const backend = useBackend()
  const { state } = useLookup(props.address.ticket)
  const again = useSubmit()
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.focus(), [])

  if (state.status === 'loading') return <Spinner aria-label="Looking up the address" />
  if (state.status === 'failed' || state.failure?.code === 'notFound') {
    return (
      <>
        {state.failure && <ErrorAlert failure={state.failure} />}
        <Back onBack={props.onBack} />
      </>
    )
  }
  const found = state.value
  const repeat = () => again.submit(async () => props.onAddress(addressOf(await backend.lookUp(found.address))))
  return (
    <section ref={box} tabIndex={-1} aria-label={`Look-up of ${found.address}`} className={css.view}>
      <p className={css.title}>
        <Plain>{found.address}</Plain>
      </p>
      <Progress found={found} />
      {found.state === 'found' && <FoundThere {...props} found={found} />}
      {found.state === 'failed' && (
        <Suggested addresses={found.suggested} onLookUp={(ticket) => props.onAddress(addressOf(ticket))} />
      )}
      {again.failure && <ErrorAlert failure={again.failure} />}
      {found.state === 'looking' && <Back words="Stop looking" onBack={props.onBack} />}
      {found.state === 'failed' && (
        <Back onBack={props.onBack}>
          <Button variant="primary" isLoading={again.busy} isDisabled={again.busy} onClick={repeat}>
            Look again
          </Button>
        </Back>
      )}
    </section>
  )
}

function Progress({ found }: { found: Lookup }) {
  switch (found.state) {
    case 'looking':
      return (
        <>
          <p role="status">Looking what is there…</p>
          <CheckList checks={found.steps} />
        </>
      )
    case 'failed':
      return (
        <>
          <div role="alert">
            <Alert component="p" isInline variant="danger" title="Nothing could be found out there">
              <Plain>{found.problem}</Plain>
            </Alert>
          </div>
          <CheckList checks={found.steps} />
        </>
      )
    case 'found':
      return (
        <details>
          <summary>What was checked</summary>
          <CheckList checks={found.steps} />
        </details>
      )
  }
}

function Back({ words = 'Another address or a kubeconfig', onBack, children }: BackProps) {
  return (
    <InFooter className={css.buttons}>
      <Button variant="secondary" onClick={onBack}>
        {words}
      </Button>
      {children}
    </InFooter>
  )
}

interface BackProps {
  words?: string
  onBack: () => void
  children?: ReactNode
}
