import { Button, Spinner } from '@patternfly/react-core'
import { type ReactNode, useMemo, useState } from 'react'
import { EmptyView } from '../../ui/EmptyView'
import { ErrorAlert } from '../../ui/ErrorAlert'
import { useImport } from '../../wails/context'
import type { Candidate, Import } from '../../wails/model'
import type { AddressControls } from '../address/useAddress'
import { ContextPicker } from '../wizard/ContextPicker'
import { Heading } from '../wizard/Frame'
import { proposeNames } from '../wizard/names'
import { type PickAction, type Picks, pickOf } from '../wizard/picks'
import { SourceProblems } from '../wizard/SourceProblems'
import { Sources } from '../wizard/Sources'
import { useAccess } from '../wizard/useAccess'
import { addable, importable } from '../wizard/verdict'
import { LoginFailure } from './LoginFailure'
import { othersOf, startWith } from './primary'
import { SignInFirst, shortName } from './SignInFirst'
import css from './Stage.module.css'
import type { Login } from './useLogin'

interface Props {
  ticket: string
  login: Login
  /** The context that the person chose; null takes the one to begin with. */
  primary: number | null
  others: Picks
  onPrimary: (index: number) => void
  dispatch: (action: PickAction) => void
  address: AddressControls
  /** It came from an address: the sign-in is next. */
  byWay: boolean
  onTicket: (ticket: string, byWay?: boolean) => void
  onBack: () => void
}

/** The contexts that were found: one to log in with, others to connect at the same time. */
export function PickPrimary(props: Props) {
  const { state } = useImport(props.ticket)
  if (state.status === 'loading') return <Spinner aria-label="Reading the kubeconfigs" />
  if (state.status === 'failed' || state.failure?.code === 'notFound') {
    return <Again {...props}>{state.failure && <ErrorAlert failure={state.failure} />}</Again>
  }
  if (state.value.candidates.length === 0) {
    return (
      <Again {...props}>
        <SourceProblems sources={state.value.sources} open />
        <EmptyView title="No contexts there">
          A kubeconfig names clusters and users in contexts. This one has none.
        </EmptyView>
      </Again>
    )
  }
  return <Pick {...props} found={state.value} />
}

function Again({ address, onTicket, onBack, children }: Props & { children: ReactNode }) {
  return (
    <>
      <Heading level="h1">Choose the kubeconfig again</Heading>
      {children}
      <Sources onTicket={onTicket} address={address} />
      <div className={css.buttons}>
        <Button variant="secondary" onClick={onBack}>
          Back
        </Button>
      </div>
    </>
  )
}

function Pick({ found, login, primary, others, byWay, onPrimary, dispatch, onBack }: Props & { found: Import }) {
  const candidates = useMemo(() => proposeNames(found.candidates), [found.candidates])
  const chosen = candidates.find((c) => c.index === (primary ?? startWith(candidates)))
  const also = othersOf(others, candidates, chosen)
  const access = useAccess(found.ticket, chosen ? [chosen, ...also] : [])
  const [asking, setAsking] = useState(byWay)

  const logIn = (c: Candidate) => {
    if (!importable(c)) return
    login.start({
      ticket: found.ticket,
      primary: pickOf(others, c),
      others: othersOf(others, candidates, c).map((other) => pickOf(others, other)),
      offline: false,
    })
  }

  if (asking && chosen && access.needed) {
    return (
      <SignInFirst
        access={access}
        primary={chosen}
        login={login}
        onLogIn={() => logIn(chosen)}
        onBack={() => setAsking(false)}
      />
    )
  }
  return (
    <>
      <header>
        <Heading level="h1">Which context do you log in with?</Heading>
        <p className={css.intro}>Tick others to connect them at the same time. Each can be named and changed later.</p>
      </header>
      <LoginFailure login={login} />
      <SourceProblems sources={found.sources} />
      <ContextPicker
        label="Contexts"
        ticket={found.ticket}
        candidates={candidates}
        start={chosen?.index ?? null}
        keys="Arrow keys move, Enter chooses where to log in, Space ticks the others."
        onEnter={(c) => {
          if (importable(c)) onPrimary(c.index)
        }}
        radio={{
          label: (c) => `Log in with ${c.context}`,
          value: chosen?.index ?? null,
          disabled: (c) => !importable(c),
          onChange: onPrimary,
        }}
        check={{
          label: (c) => `Also connect ${c.context}`,
          values: new Set(also.map((c) => c.index)),
          disabled: (c) => !importable(c) || c.index === chosen?.index,
          onToggle: (index) => dispatch({ type: 'toggle', index }),
        }}
        tools={(shown) => <Tools shown={shown} also={also.length} dispatch={dispatch} />}
      />
      <div className={css.buttons}>
        <Button
          variant="primary"
          isLoading={login.busy}
          isDisabled={chosen === undefined || login.busy}
          onClick={() => {
            if (access.open > 0) setAsking(true)
            else if (chosen) logIn(chosen)
          }}
        >
          {chosen ? `Log in to ${shortName(chosen)}` : 'Log in'}
          {also.length > 0 && ` and connect ${also.length} more`}
        </Button>
        <Button variant="secondary" isDisabled={login.busy} onClick={onBack}>
          Back
        </Button>
      </div>
    </>
  )
}

interface ToolsProps {
  shown: readonly Candidate[]
  also: number
  dispatch: Props['dispatch']
}

function Tools({ shown, also, dispatch }: ToolsProps) {
  const { indexes } = addable(shown)
  return (
    <>
      <Button
        variant="link"
        isInline
        isDisabled={indexes.length < 2}
        onClick={() => dispatch({ type: 'select', indexes })}
      >
        Also connect all
      </Button>
      <Button variant="link" isInline isDisabled={also === 0} onClick={() => dispatch({ type: 'reset' })}>
        None of them
      </Button>
    </>
  )
}
