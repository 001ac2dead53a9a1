import { Button, Spinner } from '@patternfly/react-core'
import { useSubmit } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { Plain } from '../../ui/Plain'
import { useSession } from '../../wails/context'
import { Heading } from '../wizard/Frame'
import { OpenSignIns } from './OpenSignIns'
import css from './Stage.module.css'

/** A login under way: what is being done now, and the way out. */
export function Connecting({ onCancel }: { onCancel: () => Promise<void> }) {
  const step = useSession((session) => session.loginStep)
  const name = useSession((session) => session.primary?.name ?? '')
  const { busy, failure, submit } = useSubmit()
  return (
    <>
      <Heading level="h1">
        {name === '' ? 'Logging in' : 'Logging in to '}
        <Plain>{name}</Plain>
      </Heading>
      <div className={css.buttons}>
        <Spinner size="lg" aria-label="Logging in" />
        <p role="status">
          <Plain>{step === '' ? 'Connecting' : step}</Plain>
        </p>
      </div>
      <OpenSignIns />
      {failure && <ErrorAlert failure={failure} />}
      <div className={css.buttons}>
        <Button variant="secondary" isLoading={busy} isDisabled={busy} onClick={() => submit(onCancel)}>
          Cancel
        </Button>
      </div>
    </>
  )
}
