import { distribution } from '../lib/distributions'
import css from './DistributionMark.module.css'

/** A distribution's mark and name; nothing known is said as such. */
export function DistributionMark({ id }: { id: string }) {
  const known = distribution(id)
  if (!known) return <span className={css.none}>Unknown</span>
  return (
    <span className={css.whole}>
      <span className={css.mark} aria-hidden="true">
        {known.mark}
      </span>
      <span className={css.name}>{known.name}</span>
    </span>
  )
}
