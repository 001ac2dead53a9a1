import { Alert, Button } from '@patternfly/react-core'
import { useState } from 'react'
import { visible } from '../../lib/visible'
import { useAct } from '../../ui/act'
import { useBackend } from '../../wails/context'
import type { Candidate, Import } from '../../wails/model'
import { ContextPicker } from './ContextPicker'
import { contested, twins } from './clash'
import { chosen, type PickAction, type Picks } from './picks'
import { SourceProblems } from './SourceProblems'
import { addable, importable } from './verdict'
import { count } from './words'

interface Props {
  found: Import
  picks: Picks
  dispatch: (action: PickAction) => void
}

/** Which contexts become members, and whose credentials are replaced. */
export function PickStep({ found, picks, dispatch }: Props) {
  const picked = chosen(picks, found.candidates)
  return (
    <>
      <SourceProblems sources={found.sources} />
      <Clashes picked={picked} dispatch={dispatch} />
      <ContextPicker
        label="Contexts"
        ticket={found.ticket}
        candidates={found.candidates}
        start={found.candidates.find(importable)?.index ?? null}
        keys="Arrow keys move, Space picks."
        check={{
          label: (c) => (c.memberID === '' ? `Connect ${c.context}` : `Replace the credentials of ${c.memberName}`),
          values: new Set(picks.selected),
          disabled: (c) => !importable(c),
          onToggle: (index) => dispatch({ type: 'toggle', index }),
        }}
        tools={(shown) => <Tools ticket={found.ticket} shown={shown} picked={picked.length} dispatch={dispatch} />}
      />
    </>
  )
}

interface ToolsProps {
  ticket: string
  shown: readonly Candidate[]
  picked: number
  dispatch: Props['dispatch']
}

function Tools({ ticket, shown, picked, dispatch }: ToolsProps) {
  const backend = useBackend()
  const act = useAct()
  const [left, setLeft] = useState(0)
  const native = shown.filter((c) => c.native !== '' && !c.converted)
  const { indexes, twins: alike } = addable(shown)
  return (
    <>
      <Button
        variant="link"
        isInline
        isDisabled={indexes.length === 0}
        onClick={() => {
          dispatch({ type: 'select', indexes })
          setLeft(alike)
        }}
      >
        Select all {indexes.length}
      </Button>
      <Button
        variant="link"
        isInline
        isDisabled={picked === 0}
        onClick={() => {
          dispatch({ type: 'reset' })
          setLeft(0)
        }}
      >
        Select none
      </Button>
      {native.length > 1 && (
        <Button
          variant="link"
          isInline
          onClick={() => act(() => Promise.all(native.map((c) => backend.convertCandidate(ticket, c.index, true))))}
        >
          Sign in natively for {native.length}
        </Button>
      )}
      <strong aria-live="polite">
        {picked} picked
        {left > 0 && `, ${count(left, 'context')} left out: the same cluster and user as another`}
      </strong>
    </>
  )
}

function Clashes({ picked, dispatch }: { picked: readonly Candidate[]; dispatch: Props['dispatch'] }) {
  const twice = contested(picked)
  const alike = twins(picked)
  return (
    <>
      {twice.length > 0 && (
        <Alert
          component="p"
          isInline
          variant="danger"
          title={`More than one pick is for ${twice.map(visible).join(', ')}`}
        >
          A cluster in your view takes one set of credentials. Keep one of them.
        </Alert>
      )}
      {alike.size > 0 && (
        <Alert
          component="p"
          isInline
          variant="warning"
          title={`${count(alike.size, 'pick')} would connect the same cluster twice`}
          actionLinks={
            <Button variant="link" isInline onClick={() => dispatch({ type: 'unselect', indexes: [...alike.keys()] })}>
              Leave {alike.size === 1 ? 'it' : 'them'} out
            </Button>
          }
        >
          The same cluster and user stand in other contexts that you picked.
        </Alert>
      )}
    </>
  )
}
