import { SecretField } from '../../ui/SecretField'
import css from './Address.module.css'
import { Field } from './Field'
import type { WayDraft } from './request'
import type { WayFormProps } from './WayForm'

/** The OIDC client: what the provider's administrator has set up for this cluster. */
export function ClientForm({ way, draft, errors, clientSecret, onDraft, onSecret }: WayFormProps) {
  const field = (key: Exclude<keyof WayDraft, 'device' | 'connector'>) => ({
    value: draft[key],
    error: errors[key] ?? '',
    onChange: (text: string) => onDraft({ ...draft, [key]: text }),
  })
  const client = (
    <div className={css.two}>
      <Field
        label="Client ID"
        required
        help={way.clientID === '' ? 'As the API server knows it.' : 'Found; change it if yours is another one.'}
        {...field('clientID')}
      />
      <SecretField
        label="Client secret"
        inputRef={clientSecret}
        autoComplete="off"
        required={false}
        error=""
        onInput={(text) => onSecret(text !== '')}
      >
        Only if the provider asks for one. It is kept in the keychain.
      </SecretField>
    </div>
  )
  const known = way.clientID !== ''
  const wrong = ([...(known ? ['clientID' as const] : []), 'params', 'redirects'] as const).some((key) => errors[key])
  return (
    <>
      {!known && client}
      <details open={wrong || undefined}>
        <summary>{known ? 'Client, scopes and more' : 'More'}</summary>
        {known && client}
        <div className={css.two}>
          <Field label="Scopes" help="With spaces between." {...field('scopes')} />
          <Field label="Audience" help="For providers that want one." {...field('audience')} />
          <Field
            label="Claim shown as your name"
            help="As email; empty takes the usual ones."
            {...field('nameClaim')}
          />
          <Field label="Extra parameters" lines help="Sent along, one key=value a line." {...field('params')} />
          <Field
            label="Redirect ports"
            help="For providers with exact redirect addresses; empty takes any free port."
            {...field('redirects')}
          />
          <Field
            label="Redirect host"
            help="localhost unless the provider wants another one."
            {...field('redirectHost')}
          />
        </div>
      </details>
    </>
  )
}
