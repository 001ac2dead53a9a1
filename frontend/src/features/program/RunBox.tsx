import { Alert, Button } from '@patternfly/react-core'
import { type FormEvent, useEffect, useRef } from 'react'
import { visible } from '../../lib/visible'
import { useSubmit } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { Plain } from '../../ui/Plain'
import { SecretField } from '../../ui/SecretField'
import { useBackend } from '../../wails/context'
import type { Program } from '../../wails/model'
import css from './Program.module.css'

/** A talk with an allowed program: what it says, and what the person answers. It runs only when they say so. */
export function RunBox({ program: p }: { program: Program }) {
  const backend = useBackend()
  const { busy, failure, submit } = useSubmit()
  const name = visible(p.command)
  const ended = !p.running && p.output.length > 0
  return (
    <>
      {!p.running && !ended && (
        <p>
          <Plain>{p.command}</Plain> wants to talk to you before it gives a token. Run it, and answer what it asks.
        </p>
      )}
      {(p.running || ended) && <Output lines={p.output} />}
      {p.running && <Answer program={p} />}
      {!p.running && p.problem !== '' && (
        <Alert component="p" isInline variant="danger" title={`${name} failed`}>
          <Plain>{p.problem}</Plain>
        </Alert>
      )}
      {ended && p.problem === '' && (
        <Alert component="p" isInline variant="success" title={`${name} has ended`}>
          If it gave a token, the cluster connects now.
        </Alert>
      )}
      {failure && <ErrorAlert failure={failure} />}
      <div className={css.buttons}>
        {p.running ? (
          <Button
            variant="secondary"
            isDanger
            isDisabled={busy}
            onClick={() => submit(() => backend.stopProgram(p.subject))}
          >
            Stop {name}
          </Button>
        ) : (
          <Button
            variant={ended && p.problem === '' ? 'secondary' : 'primary'}
            isDisabled={busy}
            onClick={() => submit(() => backend.runProgram(p.subject))}
          >
            {ended ? `Run ${name} again` : `Run ${name}`}
          </Button>
        )}
      </div>
    </>
  )
}

function Output({ lines }: { lines: readonly string[] }) {
  const box = useRef<HTMLDivElement>(null)
  const said = lines.length
  useEffect(() => {
    if (box.current && said > 0) box.current.scrollTop = box.current.scrollHeight
  }, [said])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
    <div ref={box} role="log" aria-label="What the program says" tabIndex={0} className={css.output}>
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same line can come twice
        <div key={i}>
          <Plain>{line}</Plain>
        </div>
      ))}
    </div>
  )
}

function Answer({ program }: { program: Program }) {
  const backend = useBackend()
  const field = useRef<HTMLInputElement>(null)
  const { busy, failure, submit } = useSubmit()
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (field.current === null || busy) return
    const line = field.current.value
    field.current.value = ''
    field.current.focus()
    submit(() => backend.answerProgram(program.subject, line))
  }
  return (
    <form noValidate className={css.answer} onSubmit={send}>
      <SecretField label="Your answer" inputRef={field} autoComplete="off" error="" required={false} focus />
      {failure && <ErrorAlert failure={failure} />}
      <Button type="submit" variant="primary">
        Send
      </Button>
    </form>
  )
}
