import { Button } from '@patternfly/react-core'
import CopyIcon from '@patternfly/react-icons/dist/esm/icons/copy-icon'
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon'
import { visibleLines } from '../../lib/visible'
import { Plain } from '../../ui/Plain'
import type { Pair } from '../../wails/model'
import css from './parts.module.css'
import { useCopy } from './useCopy'

interface Props {
  title: string
  /** What one of them is: "label". */
  one: string
  pairs: readonly Pair[]
  /** Shows every object of the kind that has the same pair. */
  onAll?: (pair: Pair) => void
}

/** From this length on, in characters, a value may have to be scrolled, also by the keys. */
const LONG = 300

/** Labels or annotations, each to be copied. */
export function Pairs({ title, one, pairs, onAll }: Props) {
  const copy = useCopy()
  if (pairs.length === 0) return null
  return (
    <section className={css.part} aria-label={title}>
      <h3 className={css.heading}>{title}</h3>
      <dl className={css.pairs}>
        {pairs.map((pair) => (
          <div key={pair.key} className={css.pair}>
            <dt>
              <Plain>{pair.key}</Plain>
            </dt>
            <dd className={css.value} {...(pair.value.length > LONG ? { tabIndex: 0 } : {})}>
              <bdi>{visibleLines(pair.value)}</bdi>
              {pair.cut && <span className={css.subtle}> … there is more of it in the YAML</span>}
            </dd>
            <dd className={css.pairActions}>
              {onAll && (
                <Button
                  variant="plain"
                  size="sm"
                  hasNoPadding
                  aria-label={`Show all with the ${one} ${pair.key}=${pair.value}`}
                  title="Show all with the same"
                  icon={<SearchIcon />}
                  onClick={() => onAll(pair)}
                />
              )}
              {!pair.cut && (
                <Button
                  variant="plain"
                  size="sm"
                  hasNoPadding
                  aria-label={`Copy the ${one} ${pair.key}`}
                  title="Copy"
                  icon={<CopyIcon />}
                  onClick={() => copy(`${pair.key}${one === 'label' ? '=' : ': '}${pair.value}`, `${one} ${pair.key}`)}
                />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
