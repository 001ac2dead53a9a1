import { Button } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { assertNever } from '../../lib/assertNever'
import { Age } from '../../ui/Age'
import { useAct } from '../../ui/act'
import { Copyable } from '../../ui/Copyable'
import { Drawer } from '../../ui/Drawer'
import { KeyValue } from '../../ui/KeyValue'
import { useBackend, useSession } from '../../wails/context'
import type { SyncState } from '../../wails/model'
import { Conflicts } from './Conflicts'
import { PlaceForm } from './PlaceForm'
import { Primaries } from './Primaries'
import { QuestionBox } from './QuestionBox'
import css from './Sync.module.css'

/** Where the view is saved and how it stands there, with all that needs an answer. `seal` is how it is protected. */
export function SyncPanel({ seal, onClose }: { seal: ReactNode; onClose: () => void }) {
  const backend = useBackend()
  const act = useAct()
  const sync = useSession((s) => s.sync)
  const primary = useSession((s) => s.primary)
  return (
    <Drawer label="Sync" title="Your view" over onClose={onClose}>
      {sync.question && <QuestionBox question={sync.question} />}
      {sync.conflicts.length > 0 && <Conflicts conflicts={sync.conflicts} />}
      <section className={css.part} aria-labelledby="sync-state">
        <h3 id="sync-state">State</h3>
        <p>
          {stateWords(sync.state)}{' '}
          <span className={css.subtle}>
            Since <Age at={sync.since} />
          </span>
        </p>
        {sync.why !== '' && <p>{sync.why}</p>}
        {primary && (
          <KeyValue
            items={[
              ['Primary', primary.name],
              ['Server', <Copyable key="server" text={primary.server} what="primary’s server address" />],
              ['Identity', primary.identityVerified ? primary.identity : `${primary.identity} (unverified)`],
              [
                'Saved in',
                primary.location === '' ? (
                  'Not saved there yet'
                ) : (
                  <Copyable key="location" text={primary.location} what="place of the view" mono />
                ),
              ],
            ]}
          />
        )}
        {primary && primary.location === '' && <PlaceForm />}
        <div>
          <Button
            variant="secondary"
            size="sm"
            isDisabled={sync.state === 'saving' || sync.state === 'asking'}
            onClick={() => act(() => backend.syncNow(), 'The view is synced')}
          >
            Sync now
          </Button>
        </div>
      </section>
      <div className={css.part}>{seal}</div>
      <Primaries />
    </Drawer>
  )
}

function stateWords(state: SyncState): string {
  switch (state) {
    case 'synced':
      return 'Saved here and on the primary.'
    case 'saving':
      return 'Being saved on the primary.'
    case 'local':
      return 'Saved on this machine only.'
    case 'conflict':
      return 'Saved; some edits clash with another machine’s.'
    case 'asking':
      return 'Nothing is written until you answer.'
    default:
      return assertNever(state)
  }
}
