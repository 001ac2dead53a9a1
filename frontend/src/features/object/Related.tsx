import { EmptyView } from '../../ui/EmptyView'
import { Plain } from '../../ui/Plain'
import { useBackend } from '../../wails/context'
import type { ObjectRef, RelatedGroup } from '../../wails/model'
import { LinkTo } from './LinkTo'
import css from './parts.module.css'
import { refKey } from './refs'
import { useRead } from './useRead'
import { Waiting } from './Waiting'

interface Props {
  of: ObjectRef
  round: string
  onFollow: (ref: ObjectRef) => void
}

/** The objects that have to do with this one, by how. */
export function Related({ of, round, onFollow }: Props) {
  const { objects } = useBackend()
  const read = useRead(() => objects.related(of), refKey(of), round)
  return (
    <Waiting read={read} what="what is related">
      {({ groups }) =>
        groups.length > 0 ? (
          groups.map((group) => <Group key={group.title} group={group} onFollow={onFollow} />)
        ) : (
          <EmptyView title="Nothing related" level="h3">
            No other object that you may read has to do with this one.
          </EmptyView>
        )
      }
    </Waiting>
  )
}

function Group({ group, onFollow }: { group: RelatedGroup; onFollow: (ref: ObjectRef) => void }) {
  return (
    <section className={css.part} aria-label={group.title}>
      <h3 className={css.heading}>{group.title}</h3>
      <ul className={css.list}>
        {group.links.map((link) => (
          <li key={`${link.ref.kind}/${link.ref.namespace}/${link.ref.name}`}>
            <LinkTo link={link} withKind onFollow={onFollow} />
          </li>
        ))}
      </ul>
      {group.more > 0 && <p className={css.subtle}>and {group.more} more</p>}
      {group.why && (
        <p className={css.subtle}>
          <Plain>{group.why}</Plain>
        </p>
      )}
    </section>
  )
}
