import { Alert, Button } from '@patternfly/react-core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { sentence } from '../../lib/sentence'
import { useSubmit } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { Plain } from '../../ui/Plain'
import { useBackend, useSession } from '../../wails/context'
import { CarryBox, ModeRadios } from '../seal/ModeChoice'
import { NewPassphrase, type NewPassphraseHandle } from '../seal/NewPassphrase'
import { type Plan, wantsPassphrase } from '../seal/rules'
import { Heading } from '../wizard/Frame'
import { LogOut } from './LogOut'
import css from './Stage.module.css'

/** At the first login to a primary: how the view is to lie there. */
export function ChooseSeal() {
  const backend = useBackend()
  const primary = useSession((session) => session.primary)
  const { busy, failure, submit } = useSubmit()
  const [plan, setPlan] = useState<Plan>({ mode: 'sealed', carries: true })
  const fresh = useRef<NewPassphraseHandle>(null)
  const asks = wantsPassphrase(plan)
  const atField = asks && failure?.code === 'passphrase'

  useEffect(() => {
    if (atField) fresh.current?.focus()
  }, [atField])

  const choose = (event: FormEvent) => {
    event.preventDefault()
    const passphrase = asks ? (fresh.current?.read() ?? null) : ''
    if (passphrase === null || busy) return
    submit(() => backend.seal({ action: 'choose', mode: plan.mode, passphrase, old: '', carry: plan.carries }))
  }

  return (
    <>
      <header>
        <Heading level="h1">How shall your view be kept?</Heading>
        <p className={css.intro}>
          There is no view of yours on <Plain>{primary?.name ?? 'the primary'}</Plain> yet. One is made there now
          {primary && primary.identity !== '' && (
            <>
              {' for '}
              <Plain>{primary.identity}</Plain>
            </>
          )}
          . You can change all of this later in the settings.
        </p>
      </header>
      <form className={css.form} noValidate onSubmit={choose}>
        <ModeRadios plan={plan} onChange={setPlan} disabled={busy} />
        <CarryBox plan={plan} onChange={setPlan} disabled={busy} />
        {asks && (
          <>
            <NewPassphrase ref={fresh} refused={atField ? sentence(failure) : ''} disabled={busy} />
            <Alert
              component="p"
              isInline
              isPlain
              variant="warning"
              title="It can’t be reset. Keep it where you keep your other passphrases."
            />
          </>
        )}
        {failure && !atField && <ErrorAlert failure={failure} />}
        <div className={css.buttons}>
          <Button type="submit" variant="primary" isLoading={busy} isDisabled={busy}>
            {plan.mode === 'sealed' ? 'Make a sealed view' : 'Make an open list'}
          </Button>
          <LogOut disabled={busy} />
        </div>
      </form>
    </>
  )
}
