import { Button } from '@patternfly/react-core'
import { visible } from '../../lib/visible'
import { useSubmit } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useBackend } from '../../wails/context'
import css from './Address.module.css'

interface Props {
  addresses: readonly string[]
  onLookUp: (ticket: string) => void
}

/** Addresses that may be meant instead: guesses, so nothing goes there before it is asked for. */
export function Suggested({ addresses, onLookUp }: Props) {
  const backend = useBackend()
  const { busy, failure, submit } = useSubmit()
  if (addresses.length === 0) return null
  return (
    <section aria-label="Other addresses to look at" className={css.side}>
      <p>The API server may be at:</p>
      <ul className={css.suggested}>
        {addresses.map((one) => (
          <li key={one}>
            <Button
              variant="link"
              isInline
              isDisabled={busy}
              aria-label={`Look up ${visible(one)}`}
              onClick={() => submit(async () => onLookUp(await backend.lookUp(one)))}
            >
              {visible(one)}
            </Button>
          </li>
        ))}
      </ul>
      {failure && <ErrorAlert failure={failure} />}
    </section>
  )
}
