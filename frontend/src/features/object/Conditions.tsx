import { Age } from '../../ui/Age'
import { Plain } from '../../ui/Plain'
import { Toned } from '../../ui/Toned'
import type { Condition } from '../../wails/model'
import css from './parts.module.css'

/** What the object says of itself, each condition with its reason. */
export function Conditions({ conditions }: { conditions: readonly Condition[] }) {
  if (conditions.length === 0) return null
  return (
    <section className={css.part} aria-label="Conditions">
      <h3 className={css.heading}>Conditions</h3>
      <div className={css.scroll}>
        <table className={css.table} aria-label="Conditions">
          <thead>
            <tr>
              <th scope="col">Condition</th>
              <th scope="col">Status</th>
              <th scope="col">Reason</th>
              <th scope="col">Since</th>
            </tr>
          </thead>
          <tbody>
            {conditions.map((c) => (
              <tr key={c.type}>
                <th scope="row">
                  <Plain>{c.type}</Plain>
                </th>
                <td className={css.tight}>
                  <Toned tone={c.tone}>{c.status}</Toned>
                </td>
                <td className={css.message}>
                  <Plain>{[c.reason, c.message].filter(Boolean).join(': ')}</Plain>
                </td>
                <td className={css.tight}>
                  <Age at={c.since} none="" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
