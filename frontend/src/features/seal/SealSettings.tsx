import { Alert, Button } from '@patternfly/react-core'
import { type ReactNode, useState } from 'react'
import { useSession } from '../../wails/context'
import { ChangePassphrase } from './ChangePassphrase'
import { ChangePlan } from './ChangePlan'
import { CARRY_TEXT, type ChosenMode, hasPassphrase, MODE_TEXT, MODE_TITLE, type Plan } from './rules'
import styles from './SealSettings.module.css'
import { UnlockForm } from './UnlockForm'

type Open = { dialog: 'passphrase' } | { dialog: 'mode' | 'carry'; plan: Plan }

/** How the view is kept on the primary, in words, and each change of it as one action. */
export function SealSettings() {
  const seal = useSession((session) => session.seal)
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  if (seal.mode === '') {
    return <p>Log in to a primary first. How your view is kept there is chosen at the first login.</p>
  }

  const mode = seal.mode
  const other: ChosenMode = mode === 'sealed' ? 'open' : 'sealed'
  return (
    <section aria-label="How the view is kept" className={styles.settings}>
      {seal.locked && (
        <Alert component="p" isInline variant="warning" title="This machine can’t open the sealed view now">
          <p>
            Its passphrase or key was changed elsewhere, or this machine’s keychain lost the key. Give the passphrase
            once.
          </p>
          <UnlockForm submit="Unlock" />
        </Alert>
      )}
      <Row term="View" words={MODE_TITLE[mode]} text={MODE_TEXT[mode]}>
        <Button
          variant="secondary"
          size="sm"
          onClick={() => setOpen({ dialog: 'mode', plan: { mode: other, carries: seal.carries } })}
        >
          {other === 'open' ? 'Make it an open list…' : 'Seal the view…'}
        </Button>
      </Row>
      <Row
        term="Credentials"
        words={seal.carries ? 'Carried, sealed' : 'Not carried'}
        text={CARRY_TEXT[seal.carries ? 'on' : 'off']}
      >
        <Button
          variant="secondary"
          size="sm"
          onClick={() => setOpen({ dialog: 'carry', plan: { mode, carries: !seal.carries } })}
        >
          {seal.carries ? 'Stop carrying credentials…' : 'Carry credentials…'}
        </Button>
      </Row>
      {hasPassphrase(seal) && (
        <Row
          term="Passphrase"
          words="Set"
          text="Only you know it. It can’t be reset: on a new machine there is no other way in."
        >
          <Button variant="secondary" size="sm" onClick={() => setOpen({ dialog: 'passphrase' })}>
            Change passphrase…
          </Button>
        </Row>
      )}
      {open?.dialog === 'passphrase' && <ChangePassphrase onClose={close} />}
      {open && open.dialog !== 'passphrase' && <ChangePlan action={open.dialog} plan={open.plan} onClose={close} />}
    </section>
  )
}

interface RowProps {
  term: string
  words: string
  text: string
  children: ReactNode
}

function Row({ term, words, text, children }: RowProps) {
  return (
    <div className={styles.row}>
      <p>
        <span className={styles.term}>{term}:</span> <strong>{words}</strong>
      </p>
      <p className={styles.text}>{text}</p>
      <div>{children}</div>
    </div>
  )
}
