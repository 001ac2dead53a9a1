import type { Seed } from '../../lib/places'
import { Age } from '../../ui/Age'
import { KeyValue } from '../../ui/KeyValue'
import { Plain } from '../../ui/Plain'
import { Toned } from '../../ui/Toned'
import type { Fact, ObjectRef, Object as Thing } from '../../wails/model'
import { Conditions } from './Conditions'
import { LinkTo } from './LinkTo'
import { Pairs } from './Pairs'
import css from './parts.module.css'

interface Props {
  thing: Thing
  onFollow: (ref: ObjectRef) => void
  onExplore: (seed: Seed) => void
}

/** What matters of an object without reading it whole. */
export function Overview({ thing, onFollow, onExplore }: Props) {
  return (
    <>
      {thing.owners.length > 0 && <Owners thing={thing} onFollow={onFollow} />}
      {thing.hidden && (
        <p className={css.subtle}>
          <Plain>{thing.hidden}</Plain>
        </p>
      )}
      {thing.summary.length > 0 && (
        <section className={css.part} aria-label="Summary">
          <KeyValue
            items={thing.summary.map((fact) => [
              fact.title,
              <Value key={fact.title} fact={fact} onFollow={onFollow} />,
            ])}
          />
        </section>
      )}
      <Conditions conditions={thing.conditions} />
      <Pairs
        title="Labels"
        one="label"
        pairs={thing.labels}
        onAll={({ key, value }) => onExplore({ kind: thing.ref.kind, filter: { labels: `${key}=${value}` } })}
      />
      <Pairs title="Annotations" one="annotation" pairs={thing.annotations} />
    </>
  )
}

/** From the root of the ownership down to this object. */
function Owners({ thing, onFollow }: { thing: Thing; onFollow: (ref: ObjectRef) => void }) {
  return (
    <nav aria-label="Owners">
      <ol className={css.trail}>
        {[...thing.owners].reverse().map((owner) => (
          <li key={`${owner.ref.kind}/${owner.ref.name}`} className={css.row}>
            <LinkTo link={owner} withKind onFollow={onFollow} />
            <span className={css.subtle} aria-hidden="true">
              ›
            </span>
          </li>
        ))}
        <li aria-current="true">
          <Plain>{`${thing.kind} ${thing.ref.name}`}</Plain>
        </li>
      </ol>
    </nav>
  )
}

function Value({ fact, onFollow }: { fact: Fact; onFollow: (ref: ObjectRef) => void }) {
  const { link, time, tone, value } = fact
  if (link)
    return (
      <button
        type="button"
        className={css.link}
        aria-label={`Open ${fact.title} ${value || link.name}`}
        onClick={() => onFollow(link)}
      >
        <Plain>{value || link.name}</Plain>
      </button>
    )
  if (time > 0) return <Age at={time} />
  return tone === 'none' ? <Plain>{value}</Plain> : <Toned tone={tone}>{value}</Toned>
}
