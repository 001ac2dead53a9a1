import { Alert } from '@patternfly/react-core'
import { useEffect, useRef } from 'react'
import { sentence } from '../../lib/sentence'
import { useSubmit } from '../../ui/act'
import { useBackend, useSession } from '../../wails/context'
import { NewPassphrase, type NewPassphraseHandle } from './NewPassphrase'
import { CARRY_TEXT, MODE_TEXT, needsNewPassphrase, type Plan } from './rules'
import { SealDialog } from './SealDialog'

interface Props {
  action: 'mode' | 'carry'
  plan: Plan
  onClose: () => void
}

/** Says what changing the mode, or what travels with the view, means; then does it. Asks for a first passphrase where one is needed. */
export function ChangePlan({ action, plan, onClose }: Props) {
  const backend = useBackend()
  const seal = useSession((session) => session.seal)
  const { busy, failure, submit } = useSubmit()
  const fresh = useRef<NewPassphraseHandle>(null)
  const asks = needsNewPassphrase(seal, plan)

  const change = () => {
    const passphrase = asks ? (fresh.current?.read() ?? null) : ''
    if (passphrase === null) return
    submit(() => backend.seal({ action, mode: plan.mode, passphrase, old: '', carry: plan.carries }), onClose)
  }

  const atField = asks && failure?.code === 'passphrase'
  useEffect(() => {
    if (atField) fresh.current?.focus()
  }, [atField])

  const words = wordsFor(action, plan)
  return (
    <SealDialog
      title={words.title}
      submit={words.submit}
      danger={words.danger}
      busy={busy}
      failure={atField ? null : failure}
      onSubmit={change}
      onClose={onClose}
    >
      <p>{words.text}</p>
      {words.danger && <Alert component="p" isInline isPlain variant="warning" title={words.warning} />}
      {asks && (
        <>
          <p>Choose a passphrase for it. It can’t be reset: without it, nobody can open what it seals.</p>
          <NewPassphrase focus ref={fresh} refused={atField ? sentence(failure) : ''} disabled={busy} />
        </>
      )}
    </SealDialog>
  )
}

interface Words {
  title: string
  submit: string
  text: string
  danger: boolean
  warning: string
}

export function wordsFor(action: Props['action'], plan: Plan): Words {
  if (action === 'carry') {
    return plan.carries
      ? { title: 'Carry credentials', submit: 'Carry credentials', text: CARRY_TEXT.on, danger: false, warning: '' }
      : {
          title: 'Stop carrying credentials',
          submit: 'Remove them from the primary',
          text: CARRY_TEXT.off,
          danger: true,
          warning:
            'The sealed credentials are removed from the primary now. This machine keeps its own; other machines that have them keep theirs.',
        }
  }
  return plan.mode === 'sealed'
    ? { title: 'Seal the view', submit: 'Seal the view', text: MODE_TEXT.sealed, danger: false, warning: '' }
    : {
        title: 'Make it an open list',
        submit: 'Make it an open list',
        text: MODE_TEXT.open,
        danger: true,
        warning: plan.carries
          ? 'The list becomes readable on the primary. The credentials that travel with it stay sealed.'
          : 'The list becomes readable on the primary.',
      }
}
