import { Button } from '@patternfly/react-core'
import TrashIcon from '@patternfly/react-icons/dist/esm/icons/trash-icon'
import { useEffect, useRef, useState } from 'react'
import { visible } from '../../lib/visible'
import { Age } from '../../ui/Age'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { Plain } from '../../ui/Plain'
import { useBackend } from '../../wails/context'
import type { KnownPrimary } from '../../wails/model'
import { count } from '../wizard/words'
import css from './KnownPrimaries.module.css'
import type { Login } from './useLogin'

/** The primaries that this machine has logged in to, latest first: one click or Enter logs in. */
export function KnownPrimaries({ known, login }: { known: readonly KnownPrimary[]; login: Login }) {
  const backend = useBackend()
  const [forgetting, setForgetting] = useState<KnownPrimary | null>(null)
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => first.current?.focus(), [])
  return (
    <>
      <ul className={css.list} aria-label="Primaries that this machine knows">
        {known.map((k, i) => (
          <li key={k.viewID} className={css.item}>
            <button
              ref={i === 0 ? first : null}
              type="button"
              className={css.known}
              disabled={login.busy}
              onClick={() => login.startKnown(k.viewID)}
            >
              <span className={css.name}>
                <span className="visually-hidden">Log in to</span> <Plain>{k.name}</Plain>
              </span>
              <span className={css.facts}>
                <span>
                  <Plain>{k.identity}</Plain> at <Plain>{k.server}</Plain>
                </span>
                <span>
                  {count(k.members, 'cluster')} · last login <Age at={k.lastLogin} />
                </span>
              </span>
            </button>
            <Button
              variant="plain"
              aria-label={`Forget ${visible(k.name)}`}
              title="Forget"
              icon={<TrashIcon />}
              isDisabled={login.busy}
              onClick={() => setForgetting(k)}
            />
          </li>
        ))}
      </ul>
      {forgetting && (
        <ConfirmDialog
          title={`Forget ${visible(forgetting.name)} on this machine?`}
          confirm="Forget"
          danger
          onConfirm={() => backend.forgetPrimary(forgetting.viewID)}
          onClose={() => setForgetting(null)}
        >
          <p>
            This machine’s copy of that view and the credentials that belong to it are removed from here. The view on
            the cluster stays: log in with a kubeconfig to have it again.
          </p>
        </ConfirmDialog>
      )}
    </>
  )
}
