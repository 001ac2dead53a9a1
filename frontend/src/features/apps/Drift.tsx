import { visible } from '../../lib/visible'
import { ColorDot } from '../../ui/ColorDot'
import type { AppDrift, Member } from '../../wails/model'
import css from './Details.module.css'
import { fieldWords } from './rows'

interface Props {
  drift: readonly AppDrift[]
  members: ReadonlyMap<string, Member>
  /** The application's. */
  name: string
}

/** What differs between the clusters: each value with those that have it. */
export function Drift({ drift, members, name }: Props) {
  if (drift.length === 0) return null
  return (
    <section className={css.drift} aria-label={`What differs in ${name}`}>
      <h2 className={css.title}>What differs</h2>
      <dl className={css.fields}>
        {drift.map(({ field, values }) => (
          <div key={field} className={css.field}>
            <dt>{visible(fieldWords(field))}</dt>
            <dd>
              <ul className={css.values}>
                {values.map(({ value, members: ids }) => (
                  <li key={value} className={css.value}>
                    <span className={css.code}>{visible(value) || 'none'}</span>
                    {ids.map((id) => (
                      <span key={id} className={css.member}>
                        <ColorDot color={members.get(id)?.color ?? ''} />
                        {visible(members.get(id)?.name ?? id)}
                      </span>
                    ))}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
