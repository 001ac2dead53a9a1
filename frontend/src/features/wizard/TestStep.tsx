import { Alert, Button, Checkbox, Progress } from '@patternfly/react-core'
import { useEffect, useId, useRef, useState } from 'react'
import { useAct } from '../../ui/act'
import { useBackend } from '../../wails/context'
import type { Candidate } from '../../wails/model'
import { PageBar } from './PageBar'
import { standingOf, tally } from './standing'
import { TestCard } from './TestCard'
import css from './TestStep.module.css'
import { usePages } from './usePages'

/** With this few, every check shows from the start. */
const FEW = 3

interface Props {
  ticket: string
  picked: readonly Candidate[]
  /** A test is running. */
  testing: boolean
  nameOf: (candidate: Candidate) => string
}

/** Tries every pick and shows what each check found. Nothing is kept by a test. */
export function TestStep({ ticket, picked, testing, nameOf }: Props) {
  const backend = useBackend()
  const act = useAct()
  const id = useId()
  const [onlyLoud, setOnlyLoud] = useState(false)
  const test = (indexes: number[]) => act(() => backend.testCandidates(ticket, indexes))

  const [untested] = useState(() => picked.filter((c) => standingOf(c) === 'waiting').map((c) => c.index))
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current || untested.length === 0) return
    begun.current = true
    act(() => backend.testCandidates(ticket, untested))
  }, [act, backend, ticket, untested])

  const loud = picked.filter((c) => standingOf(c) === 'failed' || standingOf(c) === 'warned')
  const pages = usePages(onlyLoud ? loud : picked)
  const { total, done, failed } = tally(picked)
  return (
    <div className={css.step}>
      <div className={css.bar}>
        <Progress
          id={id}
          className={css.progress ?? ''}
          size="sm"
          aria-label="Tested"
          value={(100 * done) / Math.max(total, 1)}
          label={`${done} of ${total}`}
        />
        {picked.length > FEW && (
          <Checkbox
            id={`${id}-loud`}
            label={`Only those that need a look (${loud.length})`}
            isChecked={onlyLoud}
            onChange={(_event, on) => setOnlyLoud(on)}
          />
        )}
        <Button variant="secondary" isDisabled={testing} onClick={() => test(picked.map((c) => c.index))}>
          {done === 0 ? 'Test' : 'Test all again'}
        </Button>
      </div>
      {done === total && failed > 0 && <SaveAnyway failed={failed} total={total} />}
      <ul className={css.cards}>
        {pages.shown.map((c) => (
          <TestCard
            key={c.index}
            name={nameOf(c)}
            candidate={c}
            open={picked.length <= FEW}
            onRetest={() => test([c.index])}
          />
        ))}
      </ul>
      <PageBar pages={pages} />
    </div>
  )
}

function SaveAnyway({ failed, total }: { failed: number; total: number }) {
  const what = total === 1 ? 'It' : failed === total ? 'None of them' : `${failed} of ${total}`
  return (
    <Alert component="p" isInline variant="warning" title={`${what} didn’t pass`}>
      You can save {failed === 1 ? 'it' : 'them'} anyway: {failed === 1 ? 'it is' : 'they are'} in your view at once,
      the credentials lie in this machine’s keychain, and Binnacle keeps trying to connect and says why it can’t.
    </Alert>
  )
}
