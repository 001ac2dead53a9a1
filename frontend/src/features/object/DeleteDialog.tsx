import { Alert, Radio } from '@patternfly/react-core'
import { useId, useState } from 'react'
import { ChangeDialog } from '../../ui/ChangeDialog'
import { Plain } from '../../ui/Plain'
import { useBackend } from '../../wails/context'
import type { Deletion } from '../../wails/model'
import type { ActionProps, Change } from './ActionDialog'
import { called } from './actions'
import css from './parts.module.css'
import { placeName, refKey } from './refs'
import { useRead } from './useRead'
import { Waiting } from './Waiting'

/** What lives in these goes with them, whatever is chosen. */
const HOLDERS: ReadonlySet<string> = new Set(['Namespace', 'CustomResourceDefinition'])

/** Asks before a deletion, with what goes with the object, and whether what it owns goes too. */
export function DeleteDialog({ thing, member, onChange, onClose }: ActionProps & { onChange: Change }) {
  const id = useId()
  const { objects } = useBackend()
  const read = useRead(() => objects.deletion(thing.ref), refKey(thing.ref))
  const [orphan, setOrphan] = useState(false)
  return (
    <ChangeDialog
      member={member}
      title={`Delete ${called(thing)}?`}
      confirm="Delete"
      danger
      size="medium"
      ready={read.value !== null || read.failure !== null}
      says={
        <>
          <strong>
            <Plain>{called(thing)}</Plain>
          </strong>{' '}
          is deleted from <strong>{member.name}</strong>. This can’t be undone.
        </>
      }
      onConfirm={(confirm) => onChange({ action: 'delete', orphan, confirm })}
      onClose={onClose}
    >
      <Waiting read={read} what="what goes with it">
        {(deletion) => <Goes deletion={deletion} orphan={orphan} />}
      </Waiting>
      {read.value && !isEmpty(read.value) && !HOLDERS.has(thing.kind) && (
        <div role="radiogroup" aria-label="What it owns">
          <Radio
            id={`${id}-all`}
            name={id}
            label="What it owns goes too"
            isChecked={!orphan}
            onChange={() => setOrphan(false)}
          />
          <Radio
            id={`${id}-orphan`}
            name={id}
            label="Leave what it owns"
            description="It stays, and has no owner any more."
            isChecked={orphan}
            onChange={() => setOrphan(true)}
          />
        </div>
      )}
    </ChangeDialog>
  )
}

function Goes({ deletion, orphan }: { deletion: Deletion; orphan: boolean }) {
  const { groups, finalizers, warnings } = deletion
  return (
    <>
      {warnings.map((warning) => (
        <Alert key={warning} component="p" variant="warning" isInline title={warning} />
      ))}
      {isEmpty(deletion) ? (
        <p className={css.subtle}>Nothing else is known to go with it.</p>
      ) : (
        <section className={css.goes} aria-label={orphan ? 'Stays without an owner' : 'Goes with it'}>
          <h2 className={css.heading}>{orphan ? 'Stays without an owner' : 'Goes with it'}</h2>
          {groups.map((group) => (
            <div key={group.title}>
              <p>
                <Plain>{group.title}</Plain>: {group.links.length + group.more}
              </p>
              <ul className={css.names} aria-label={group.title}>
                {group.links.map((link) => (
                  <li key={placeName(link.ref)}>
                    <Plain>{placeName(link.ref)}</Plain>
                  </li>
                ))}
                {group.more > 0 && <li>and {group.more} more</li>}
              </ul>
              {group.why && (
                <p className={css.subtle}>
                  <Plain>{group.why}</Plain>
                </p>
              )}
            </div>
          ))}
        </section>
      )}
      {finalizers.length > 0 && (
        <p>
          It stays until these finalizers are done with it:{' '}
          {finalizers.map((one, i) => (
            <span key={one}>
              {i > 0 && ', '}
              <code className={css.code}>
                <Plain>{one}</Plain>
              </code>
            </span>
          ))}
          .
        </p>
      )}
    </>
  )
}

function isEmpty({ groups }: Deletion): boolean {
  return groups.every((g) => g.links.length === 0 && g.more === 0 && g.why === '')
}
