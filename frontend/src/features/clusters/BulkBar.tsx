import { Button } from '@patternfly/react-core'
import { type ActionContext, actionsFor } from './actions'
import css from './BulkBar.module.css'

/** What can be done to all the selected clusters at once. */
export function BulkBar({ context, onClear }: { context: ActionContext; onClear: () => void }) {
  const { targets } = context
  if (targets.length === 0) return null
  const actions = actionsFor(targets).filter((a) => a.bulk)
  return (
    <section className={css.bar} aria-label="Selected clusters">
      <strong>{targets.length} selected</strong>
      {actions.map((a) => {
        const refused = a.refused?.(context) ?? ''
        return (
          <Button
            key={a.id}
            size="sm"
            variant="secondary"
            isDanger={a.danger === true}
            isAriaDisabled={refused !== ''}
            title={refused || undefined}
            onClick={() => a.run(context)}
          >
            {a.title}
          </Button>
        )
      })}
      <Button size="sm" variant="link" onClick={onClear}>
        Clear selection
      </Button>
    </section>
  )
}
