import { Button } from '@patternfly/react-core'
import { useSubmit } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useBackend } from '../../wails/context'
import type { Member, Proposed } from '../../wails/model'
import css from './Details.module.css'

/** The synced view names another server than the credential here was given for: both are shown, and nothing is sent until the person decides. */
export function ProposedEndpoint({ member: m, proposed }: { member: Member; proposed: Proposed }) {
  const backend = useBackend()
  const { busy, failure, submit } = useSubmit()
  const settle = (accept: boolean) => submit(() => backend.settleProposed(m.id, accept))
  return (
    <section className={`${css.box} ${css.warn}`} aria-label="Another server is proposed">
      <h3>Send these credentials to another server?</h3>
      <p>
        Your view now names another server for {m.name} than the credentials on this machine were given for. Nothing is
        sent there unless you accept.
      </p>
      <div className={css.compare}>
        <Endpoint title="On this machine" server={m.server} ca={m.ca} tlsName={m.tlsName} />
        <Endpoint title="In the view" {...proposed} />
      </div>
      {failure && <ErrorAlert failure={failure} />}
      <div className={css.actions}>
        <Button variant="secondary" size="sm" isDisabled={busy} onClick={() => settle(false)}>
          Keep {host(m.server)}
        </Button>
        <Button variant="secondary" isDanger size="sm" isDisabled={busy} onClick={() => settle(true)}>
          Accept {host(proposed.server)}
        </Button>
      </div>
    </section>
  )
}

function Endpoint({ title, server, ca, tlsName }: Proposed & { title: string }) {
  return (
    <div>
      <strong>{title}</strong>
      <span className={css.value}>{server}</span>
      <span className={css.value}>
        CA: {ca === '' ? 'the system’s' : ca === 'insecure' ? 'not checked' : `${ca.slice(0, 12)}…`}
      </span>
      {tlsName !== '' && <span className={css.value}>TLS name: {tlsName}</span>}
    </div>
  )
}

function host(server: string): string {
  try {
    return new URL(server).hostname
  } catch {
    return server
  }
}
