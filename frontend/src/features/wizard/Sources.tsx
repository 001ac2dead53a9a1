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
  onTicket: (ticket: string) => void
  /** Called when text stands in the paste box or no longer does. */
  onPasted?: (pasted: boolean) => void
}

/** Where kubeconfigs can come from. Whatever it is, nothing is kept, run or contacted by reading it. */
export function Sources({ onTicket, onPasted }: Props) {
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
      {pasting && <PasteBox onTicket={onTicket} {...(onPasted ? { onPasted } : {})} />}
      {failure && <ErrorAlert failure={failure} />}
      <p className={css.hint}>
        Or drop kubeconfig files anywhere on this window. Reading one runs nothing, contacts nothing and keeps nothing:
        you see first what each context asks for.
      </p>
    </div>
  )
}
