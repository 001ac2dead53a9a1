import { Button } from '@patternfly/react-core'
import { useSubmit } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useBackend } from '../../wails/context'
import type { Way } from '../../wails/model'
import { type Address, draftFor, isTrusted, trusting } from './address'
import { CertificateBox } from './CertificateBox'

interface Props {
  way: Way
  address: Address
  onAddress: (address: Address) => void
}

/** What a known issuer is asked again for: after it is trusted, or when the client is known to which Dex shows its choices. */
export function Issuer({ way, address, onAddress }: Props) {
  const backend = useBackend()
  const { busy, failure, submit } = useSubmit()
  const { certificate } = way
  const trusted = isTrusted(address, certificate)
  const clientID = draftFor(address, way).clientID.trim()

  const ask = (trust: string) =>
    submit(() => backend.lookUpIssuer(address.ticket, { issuer: way.issuer, ca: '', trust, clientID }))
  return (
    <>
      {certificate && (
        <CertificateBox
          of="provider"
          certificate={certificate}
          trusted={trusted}
          disabled={busy}
          onTrust={(on) => {
            onAddress({ ...trusting(address, certificate, on), way: way.id })
            if (on && way.kind === 'oidc') ask(certificate.fingerprint)
          }}
        />
      )}
      {way.dex && way.connectors.length === 0 && clientID !== '' && trusted && (
        <div>
          <Button
            variant="link"
            isInline
            isLoading={busy}
            isDisabled={busy}
            onClick={() => ask(certificate?.fingerprint ?? '')}
          >
            Ask Dex for its choices
          </Button>
        </div>
      )}
      {failure && <ErrorAlert failure={failure} />}
    </>
  )
}
