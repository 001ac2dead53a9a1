import { Button, Skeleton } from '@patternfly/react-core'
import { useEffect, useState } from 'react'
import { useAnnounce } from '../../ui/Announcer'
import { Dialog } from '../../ui/Dialog'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { copyText } from '../../wails/clipboard'
import { useBackend } from '../../wails/context'
import { toFailure } from '../../wails/errors'
import type { Failure, Member } from '../../wails/model'
import css from './dialogs.module.css'

type Read = { status: 'reading' } | { status: 'failed'; failure: Failure } | { status: 'ready'; text: string }

/** What happened with one member lately, as text without secrets. */
export function DiagnosticsDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const backend = useBackend()
  const announce = useAnnounce()
  const [read, setRead] = useState<Read>({ status: 'reading' })
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    let done = false
    backend.memberDiagnostics(member.id).then(
      (text) => {
        if (!done) setRead({ status: 'ready', text })
      },
      (thrown: unknown) => {
        if (!done) setRead({ status: 'failed', failure: toFailure(thrown) })
      },
    )
    return () => {
      done = true
    }
  }, [backend, member.id])
  const copy = async (text: string) => {
    const took = await copyText(text)
    setCopied(took)
    announce(took ? 'Copied the diagnostics' : 'The clipboard did not take it')
  }
  return (
    <Dialog
      title={`Diagnostics of ${member.name}`}
      description="No secret is in this text; you can send it to somebody who helps you."
      size="medium"
      onClose={onClose}
      footer={
        <>
          <Button
            variant="primary"
            isDisabled={read.status !== 'ready'}
            onClick={() => read.status === 'ready' && void copy(read.text)}
          >
            {copied ? 'Copied' : 'Copy'}
          </Button>
          <Button variant="link" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      {read.status === 'reading' && <Skeleton height="8rem" screenreaderText="Reading the diagnostics" />}
      {read.status === 'failed' && <ErrorAlert failure={read.failure} />}
      {read.status === 'ready' && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
        <section className={css.text} tabIndex={0} aria-label="Diagnostics">
          {read.text}
        </section>
      )}
    </Dialog>
  )
}
