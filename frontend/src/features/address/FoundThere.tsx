import { Button } from '@patternfly/react-core'
import { useRef, useState } from 'react'
import { useSubmit } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { InFooter } from '../../ui/FooterSlot'
import { useBackend } from '../../wails/context'
import type { Lookup, Certificate as Shown } from '../../wails/model'
import css from './Address.module.css'
import { type Address, addressOf, chosenWay, draftFor, isTrusted, missing, trusting } from './address'
import { CertificateBox } from './CertificateBox'
import { Facts } from './Facts'
import { Issuer } from './Issuer'
import type { LookupProps } from './LookupView'
import { NameChoice } from './NameChoice'
import { OtherIssuer } from './OtherIssuer'
import { checkDraft, requestOf } from './request'
import { Suggested } from './Suggested'
import { WayForm } from './WayForm'
import { Ways } from './Ways'

/** What is at the address, what must be trusted for it, and the ways to sign in. */
export function FoundThere({ found, address, onAddress, onTicket, onBack, onSecret }: LookupProps & { found: Lookup }) {
  // Go's command has a hook's name; taken out here so that it isn't taken for one.
  const { useWay: takeWay } = useBackend()
  const { busy, failure, submit } = useSubmit()
  const [tried, setTried] = useState(false)
  const clientSecret = useRef<HTMLInputElement>(null)
  const token = useRef<HTMLInputElement>(null)
  const way = chosenWay(address, found.ways)
  const left = way ? missing(address, found, way) : ''
  const errors = way ? checkDraft(way, draftFor(address, way)) : {}

  const goOn = () => {
    if (way === undefined || left !== '') return
    setTried(true)
    const secrets = { clientSecret: clientSecret.current?.value ?? '', token: token.current?.value.trim() ?? '' }
    if (way.kind === 'token' && secrets.token === '') return token.current?.focus()
    if (Object.keys(errors).length > 0) return
    submit(async () => {
      const request = requestOf(way, draftFor(address, way), {
        ...secrets,
        trust: found.certificate?.fingerprint ?? '',
        trustIssuer: way.certificate?.fingerprint ?? '',
        tlsName: found.certificate ? address.tlsName : '',
      })
      const ticket = await takeWay(address.ticket, request)
      onSecret(false)
      onTicket(ticket)
    })
  }

  return (
    <>
      <div className={css.sides}>
        <div className={css.side}>
          <Facts found={found} />
          <Suggested addresses={found.suggested} onLookUp={(ticket) => onAddress(addressOf(ticket))} />
          {found.certificate && <Certificate certificate={found.certificate} address={address} onAddress={onAddress} />}
        </div>
        <div className={css.side}>
          <Ways ways={found.ways} chosen={way?.id ?? ''} onChoose={(id) => onAddress({ ...address, way: id })} />
          {way && (
            <WayForm
              key={way.id}
              way={way}
              draft={draftFor(address, way)}
              errors={tried ? errors : {}}
              clientSecret={clientSecret}
              token={token}
              onDraft={(draft) =>
                onAddress({ ...address, way: way.id, drafts: { ...address.drafts, [way.id]: draft } })
              }
              onSecret={onSecret}
            />
          )}
          {(way?.kind === 'oidc' || way?.kind === 'openshift') && (
            <Issuer key={`issuer-${way.id}`} way={way} address={address} onAddress={onAddress} />
          )}
          <OtherIssuer ticket={address.ticket} />
        </div>
      </div>
      {failure && <ErrorAlert failure={failure} />}
      <InFooter className={css.buttons}>
        <Button variant="secondary" isDisabled={busy} onClick={onBack}>
          {way?.kind === 'kubeconfig' ? 'Import a kubeconfig' : 'Another address or a kubeconfig'}
        </Button>
        {way && way.kind !== 'kubeconfig' && (
          <Button variant="primary" isLoading={busy} isDisabled={busy || left !== ''} onClick={goOn}>
            Go on with this way
          </Button>
        )}
        {left !== '' && way?.kind !== 'kubeconfig' && <span className={css.help}>{left}</span>}
      </InFooter>
    </>
  )
}

interface CertificateProps {
  certificate: Shown
  address: Address
  onAddress: (address: Address) => void
}

/** The server's certificate, with the name to expect in it where the address is none of its names. */
function Certificate({ certificate, address, onAddress }: CertificateProps) {
  return (
    <CertificateBox
      of="server"
      certificate={certificate}
      trusted={isTrusted(address, certificate)}
      onTrust={(on) => onAddress(trusting(address, certificate, on))}
    >
      <NameChoice
        names={certificate.names}
        chosen={address.tlsName}
        onChoose={(tlsName) => onAddress({ ...address, tlsName })}
      />
    </CertificateBox>
  )
}
