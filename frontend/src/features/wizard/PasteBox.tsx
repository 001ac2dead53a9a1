import { Button } from '@patternfly/react-core'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { useSubmit } from '../../ui/act'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useBackend } from '../../wails/context'
import css from './Sources.module.css'

interface Props {
  onTicket: (ticket: string) => void
  onPasted?: (pasted: boolean) => void
}

/**
 * A kubeconfig as text. There are secrets in it, so it stands in the text area alone (uncontrolled: React would copy it
 * into the document), is sent as a request body, and is taken out of the text area as soon as it was sent or the box goes.
 */
export function PasteBox({ onTicket, onPasted }: Props) {
  const backend = useBackend()
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const [filled, setFilled] = useState(false)
  const { busy, failure, submit } = useSubmit()

  useEffect(() => area.current?.focus(), [])
  useLayoutEffect(() => {
    const box = area.current
    return () => {
      if (box) box.value = ''
    }
  }, [])

  const fill = (is: boolean) => {
    setFilled(is)
    onPasted?.(is)
  }

  const read = () => {
    const text = area.current?.value ?? ''
    if (text.trim() === '') return area.current?.focus()
    if (area.current) area.current.value = ''
    fill(false)
    submit(async () => onTicket(await backend.importText(text)))
  }

  return (
    <div className={css.box}>
      <label htmlFor={id}>Kubeconfig</label>
      <textarea
        ref={area}
        id={id}
        className={css.paste}
        rows={10}
        wrap="off"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        disabled={busy}
        placeholder="apiVersion: v1&#10;kind: Config&#10;…"
        onInput={(event) => fill(event.currentTarget.value.trim() !== '')}
      />
      <Button variant="primary" isDisabled={!filled || busy} isLoading={busy} onClick={read}>
        Read it
      </Button>
      {failure && <ErrorAlert failure={failure} />}
    </div>
  )
}
