import { Alert, Button, Checkbox } from '@patternfly/react-core'
import { useId, useState } from 'react'
import { useSubmit } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { Plain } from '../../ui/Plain'
import { useBackend } from '../../wails/context'
import type { Program } from '../../wails/model'
import { Facts } from './Facts'
import css from './Program.module.css'

/** All that one has to know before a program may run, and the two presses that allow it. */
export function Approve({
  program: p,
  onAllowed,
}: {
  program: Program
  onAllowed: ((program: Program) => void) | undefined
}) {
  const backend = useBackend()
  const id = useId()
  const [sure, setSure] = useState(false)
  const { busy, failure, submit } = useSubmit()
  return (
    <>
      {!p.allowed && p.changed.length > 0 && (
        <Notes variant="danger" title="It has changed since you allowed it" lines={p.changed} />
      )}
      {p.warnings.length > 0 && <Notes variant="warning" title="Look at this first" lines={p.warnings} />}
      {p.problem !== '' && (
        <Alert component="p" isInline variant="danger" title="Its last run failed">
          <Plain>{p.problem}</Plain>
        </Alert>
      )}
      <Facts program={p} />
      {p.allowed ? (
        <Alert component="p" isInline variant="success" title="You have allowed this program">
          In the settings you can take that back.
        </Alert>
      ) : (
        <div className={css.consent}>
          <Checkbox
            id={id}
            label="I know this program and want Binnacle to run it"
            description="It runs as you, with everything that you may do on this machine. If its file, its arguments or its environment change, you are asked again."
            isChecked={sure}
            onChange={(_event, on) => setSure(on)}
          />
          {failure && <ErrorAlert failure={failure} />}
          <Button
            variant="danger"
            isDisabled={!sure || busy}
            isLoading={busy}
            onClick={() =>
              submit(
                () => backend.allowProgram(p.subject, p.id),
                () => onAllowed?.(p),
              )
            }
          >
            Allow this program
          </Button>
        </div>
      )}
    </>
  )
}

function Notes({ variant, title, lines }: { variant: 'danger' | 'warning'; title: string; lines: readonly string[] }) {
  return (
    <Alert component="p" isInline variant={variant} title={title}>
      <ul className={css.notes}>
        {lines.map((line) => (
          <li key={line}>
            <Plain>{line}</Plain>
          </li>
        ))}
      </ul>
    </Alert>
  )
}
