import { Radio } from '@patternfly/react-core'
import { type RefObject, useId } from 'react'
import { SecretField } from '../../ui/SecretField'
import type { Way } from '../../wails/model'
import css from './Address.module.css'
import { ClientForm } from './ClientForm'
import { Connectors } from './Connectors'
import type { DraftErrors, WayDraft } from './request'

export interface WayFormProps {
  way: Way
  draft: WayDraft
  errors: DraftErrors
  clientSecret: RefObject<HTMLInputElement | null>
  token: RefObject<HTMLInputElement | null>
  onDraft: (draft: WayDraft) => void
  onSecret: (there: boolean) => void
}

/** What the chosen way needs from the person. */
export function WayForm(props: WayFormProps) {
  const { way, draft, onDraft, onSecret } = props
  switch (way.kind) {
    case 'token':
      return (
        <SecretField
          label="Bearer token"
          inputRef={props.token}
          autoComplete="off"
          error=""
          onInput={(text) => onSecret(text !== '')}
        >
          It is kept in this machine’s keychain and sent to this server only.
        </SecretField>
      )
    case 'kubeconfig':
      return <p>A kubeconfig has the address, the certificate and the credentials in it. Import it instead.</p>
    case 'openshift':
      return <p>OpenShift’s own page opens in your browser; the same that “oc login --web” uses.</p>
    case 'oidc':
      return (
        <div className={css.form}>
          {way.dex && (
            <Connectors
              connectors={way.connectors}
              value={draft.connector}
              onChange={(connector) => onDraft({ ...draft, connector })}
            />
          )}
          {way.device && <Where device={draft.device} onChange={(device) => onDraft({ ...draft, device })} />}
          <ClientForm {...props} />
        </div>
      )
  }
}

function Where({ device, onChange }: { device: boolean; onChange: (device: boolean) => void }) {
  const id = useId()
  return (
    <fieldset className={css.group}>
      <legend>Where?</legend>
      <Radio
        id={`${id}-b`}
        name={id}
        label="In this machine’s browser"
        isChecked={!device}
        onChange={() => onChange(false)}
      />
      <Radio
        id={`${id}-d`}
        name={id}
        label="By a code on another device"
        description="For a machine without a browser, or a phone that holds your second factor."
        isChecked={device}
        onChange={() => onChange(true)}
      />
    </fieldset>
  )
}
