import { Copyable } from '../../ui/Copyable'
import { KeyValue } from '../../ui/KeyValue'
import { Plain } from '../../ui/Plain'
import type { Access, Missing } from '../../wails/model'
import css from './Details.module.css'

/** What a person with few rights can use of a member, and for the rest: who says no, and what would change that. */
export function AccessPart({ access: { all, namespaces, missing } }: { access: Access }) {
  if (missing.length === 0 && (all || namespaces.length === 0)) return null
  return (
    <>
      <h3 className={css.part}>What you can use</h3>
      <KeyValue
        items={[
          [
            'Namespaces',
            all ? (
              'All'
            ) : namespaces.length === 0 ? (
              'None that is known'
            ) : (
              <ul key="n" className={css.names} aria-label="Usable namespaces">
                {namespaces.map((name) => (
                  <li key={name}>
                    <Plain>{name}</Plain>
                  </li>
                ))}
              </ul>
            ),
          ],
        ]}
      />
      {missing.length > 0 && (
        <ul className={css.missing} aria-label="Not visible to you">
          {missing.map((one) => (
            <Gap key={one.what} missing={one} />
          ))}
        </ul>
      )}
    </>
  )
}

function Gap({ missing: { what, why, rule } }: { missing: Missing }) {
  return (
    <li className={css.box}>
      <strong>
        <Plain>{what}</Plain>
      </strong>
      <p>
        <Plain>{why}</Plain>
      </p>
      {rule !== '' && (
        <details>
          <summary>The rule that an administrator would apply</summary>
          <div className={css.rule}>
            <Copyable text={rule} short="YAML" what={`rule for: ${what}`} />
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys */}
            <pre className={css.yaml} tabIndex={0}>
              {rule}
            </pre>
          </div>
        </details>
      )}
    </li>
  )
}
