import { Button } from '@patternfly/react-core'
import { Age } from '../../ui/Age'
import { useAct } from '../../ui/act'
import { useBackend } from '../../wails/context'
import type { Conflict } from '../../wails/model'
import css from './Sync.module.css'

/** Fields that two machines changed differently; theirs is what the view holds until the person says otherwise. */
export function Conflicts({ conflicts }: { conflicts: Conflict[] }) {
  return (
    <section className={css.box} aria-labelledby="conflicts">
      <h3 id="conflicts">{conflicts.length === 1 ? '1 conflict' : `${conflicts.length} conflicts`}</h3>
      <p>Another machine changed the same things. Its values are in force; choose what should stay.</p>
      <ul className={css.list}>
        {conflicts.map((conflict) => (
          <One key={conflict.id} conflict={conflict} />
        ))}
      </ul>
    </section>
  )
}

function One({ conflict: c }: { conflict: Conflict }) {
  const backend = useBackend()
  const act = useAct()
  const what = c.member === '' ? `the view’s ${c.field}` : `the ${c.field} of ${c.member}`
  const settle = (keep: 'mine' | 'theirs') => act(() => backend.settle(c.id, keep))
  return (
    <li className={css.part}>
      <h4>
        {c.member === '' ? 'The view' : c.member}: {c.field}
      </h4>
      {c.when > 0 && (
        <span className={css.subtle}>
          <Age at={c.when} />
        </span>
      )}
      <dl className={css.two}>
        <div>
          <dt>On this machine</dt>
          <dd>{c.mine || '(empty)'}</dd>
        </div>
        <div>
          <dt>In the view</dt>
          <dd>{c.theirs || '(empty)'}</dd>
        </div>
      </dl>
      <div className={css.choices}>
        <Button
          variant="secondary"
          size="sm"
          aria-label={`Keep mine for ${what}: ${c.mine}`}
          onClick={() => settle('mine')}
        >
          Keep mine
        </Button>
        <Button
          variant="secondary"
          size="sm"
          aria-label={`Keep theirs for ${what}: ${c.theirs}`}
          onClick={() => settle('theirs')}
        >
          Keep theirs
        </Button>
      </div>
    </li>
  )
}
