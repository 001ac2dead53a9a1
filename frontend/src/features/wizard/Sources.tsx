import { Button } from '@patternfly/react-core'
import FileIcon from '@patternfly/react-icons/dist/esm/icons/file-icon'
import FolderOpenIcon from '@patternfly/react-icons/dist/esm/icons/folder-open-icon'
import LaptopIcon from '@patternfly/react-icons/dist/esm/icons/laptop-icon'
import PasteIcon from '@patternfly/react-icons/dist/esm/icons/paste-icon'
import { type ReactNode, useState } from 'react'
import { useSubmit } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import type { Backend } from '../../wails/backend'
import { useBackend } from '../../wails/context'
import { AddressForm } from '../address/AddressForm'
import { addressOf } from '../address/address'
import { LookupView } from '../address/LookupView'
import type { AddressControls } from '../address/useAddress'
import { PasteBox } from './PasteBox'
import css from './Sources.module.css'

interface Source {
  id: string
  title: string
  text: string
  icon: ReactNode
  /** Answers a ticket, or '' when the person changed their mind. */
  read: (backend: Backend) => Promise<string>
}

const SOURCES: readonly Source[] = [
  {
    id: 'found',
    title: 'Found on this machine',
    text: 'The contexts in KUBECONFIG and ~/.kube/config.',
    icon: <LaptopIcon />,
    read: (backend) => backend.importDefaults(),
  },
  {
    id: 'files',
    title: 'Choose files…',
    text: 'One or more kubeconfig files.',
    icon: <FileIcon />,
    read: (backend) => backend.pickFiles(),
  },
  {
    id: 'folder',
    title: 'Choose folder…',
    text: 'Every kubeconfig in a folder.',
    icon: <FolderOpenIcon />,
    read: (backend) => backend.pickFolder(),
  },
]

interface Props {
  /** Takes an import; `byWay` when a way to sign in, found by an address, has become one. */
  onTicket: (ticket: string, byWay?: boolean) => void
  /** Called when a secret stands in a field (the paste box, a token) or no longer does. */
  onSecret?: (there: boolean) => void
  address: AddressControls
}

/** Where clusters come from: kubeconfigs, or an address. Nothing is kept or run by reading one or looking at the other. */
export function Sources({ onTicket, onSecret = () => undefined, address }: Props) {
  if (address.value === null) return <Start onTicket={onTicket} onSecret={onSecret} address={address} />
  return (
    <LookupView
      key={address.value.ticket}
      address={address.value}
      onAddress={address.set}
      onTicket={(ticket) => onTicket(ticket, true)}
      onBack={() => {
        onSecret(false)
        address.set(null)
      }}
      onSecret={onSecret}
    />
  )
}

function Start({ onTicket, onSecret, address }: Required<Props>) {
  const backend = useBackend()
  const { busy, failure, submit } = useSubmit()
  const [reading, setReading] = useState('')
  const [pasting, setPasting] = useState(false)

  const read = (source: Source) => {
    setReading(source.id)
    submit(async () => {
      const ticket = await source.read(backend)
      if (ticket !== '') onTicket(ticket)
    })
  }

  return (
    <div className={css.sources}>
      <div className={css.tiles}>
        {SOURCES.map((source) => (
          <Button
            key={source.id}
            variant="secondary"
            className={css.tile ?? ''}
            icon={source.icon}
            isLoading={busy && reading === source.id}
            isDisabled={busy}
            onClick={() => read(source)}
          >
            <span className={css.name}>{source.title}</span>
            <span className={css.text}>{source.text}</span>
          </Button>
        ))}
        <Button
          variant="secondary"
          className={css.tile ?? ''}
          icon={<PasteIcon />}
          aria-expanded={pasting}
          isDisabled={busy}
          onClick={() => setPasting(!pasting)}
        >
          <span className={css.name}>Paste</span>
          <span className={css.text}>The text of a kubeconfig.</span>
        </Button>
      </div>
      {pasting && <PasteBox onTicket={onTicket} onPasted={onSecret} />}
      {failure && <ErrorAlert failure={failure} />}
      <p className={css.hint}>
        Or drop kubeconfig files anywhere on this window. Reading one runs nothing, contacts nothing and keeps nothing:
        you see first what each context asks for.
      </p>
      <section aria-label="Sign in with an address" className={css.address}>
        <p className={css.name}>Or sign in with an address</p>
        <AddressForm onTicket={(ticket) => address.set(addressOf(ticket))} />
      </section>
    </div>
  )
}
