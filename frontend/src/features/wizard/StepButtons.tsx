import { Button } from '@patternfly/react-core'
import type { Candidate } from '../../wails/model'
import { connectWords } from './connect'
import { tally } from './standing'

interface NextProps {
  words: string
  disabled?: boolean
  /** Something else on the screen comes first. */
  quiet?: boolean
  onClick: () => void
}

export function Next({ words, disabled = false, quiet = false, onClick }: NextProps) {
  return (
    <Button variant={quiet ? 'secondary' : 'primary'} isDisabled={disabled} onClick={onClick}>
      {words}
    </Button>
  )
}

/** Waits for the test's end: what the button does depends on how it ends. */
export function Finish({
  picked,
  busy,
  onClick,
}: {
  picked: readonly Candidate[]
  busy: boolean
  onClick: () => void
}) {
  const { total, done } = tally(picked)
  const waiting = done < total
  return (
    <>
      <Button variant="primary" isLoading={busy} isDisabled={busy || waiting} onClick={onClick}>
        {waiting ? 'Testing…' : connectWords(picked)}
      </Button>
      {waiting && (
        <Button variant="secondary" isDisabled={busy} onClick={onClick}>
          Save without waiting
        </Button>
      )}
    </>
  )
}
