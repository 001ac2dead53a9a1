import type { ReactNode } from 'react'
import css from './KeyValue.module.css'

/** Facts as a description list; an item without a value is left out. */
export function KeyValue({ items }: { items: [key: string, value: ReactNode][] }) {
  return (
    <dl className={css.list}>
      {items.map(([key, value]) =>
        value === null || value === '' || value === false ? null : (
          <div key={key} className={css.item}>
            <dt>{key}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}
