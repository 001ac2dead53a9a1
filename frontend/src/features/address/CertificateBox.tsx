import { Alert, Checkbox } from '@patternfly/react-core'
import { type ReactNode, useId } from 'react'
import { Age } from '../../ui/Age'
import { Copyable } from '../../ui/Copyable'
import { KeyValue } from '../../ui/KeyValue'
import { Plain } from '../../ui/Plain'
import type { Certificate } from '../../wails/model'
import css from './Address.module.css'

interface Props {
  /** Whose it is: the server or the provider. */
  of: 'server' | 'provider'
  certificate: Certificate
  trusted: boolean
  disabled?: boolean
  onTrust: (trusted: boolean) => void
  children?: ReactNode
}

/** A certificate that this machine doesn't trust: what it is, and the person's word for this cluster alone. */
export function CertificateBox({ of, certificate: c, trusted, disabled = false, onTrust, children }: Props) {
  const id = useId()
  return (
    <section aria-label={`The ${of}’s certificate`} className={css.certificate}>
      <Alert
        component="p"
        isInline
        variant="warning"
        title={c.isCA ? `This machine does not know who vouches for the ${of}` : `Nobody vouches for this ${of}`}
      >
        <Plain>{c.problem}</Plain> Compare the fingerprint with one that its administrator gives you. If it differs,
        somebody else is answering.
      </Alert>
      <KeyValue
        items={[
          ['SHA-256', <Copyable key="f" text={c.fingerprint} what={`fingerprint of the ${of}’s certificate`} mono />],
          [c.isCA ? 'Authority' : 'Certificate of', <Plain key="s">{c.subject}</Plain>],
          ['Issued by', c.issuer === c.subject ? 'itself' : <Plain key="i">{c.issuer}</Plain>],
          ['Expires', <Age key="e" at={c.expiresAt} />],
        ]}
      />
      <Checkbox
        id={id}
        isDisabled={disabled}
        label={
          c.isCA
            ? 'Trust this certificate for this cluster'
            : 'Trust this very certificate for this cluster, and no other'
        }
        description={
          c.isCA
            ? 'Every certificate that this authority signs is then taken for this cluster, and for no other one.'
            : `It is no authority: when the ${of} gets another certificate, it is not trusted until you replace the credentials.`
        }
        isChecked={trusted}
        onChange={(_event, on) => onTrust(on)}
      />
      {children}
    </section>
  )
}
