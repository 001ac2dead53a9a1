import { Plain } from '../../ui/Plain'
import { Toned } from '../../ui/Toned'
import type { ObjectLink, ObjectRef } from '../../wails/model'
import css from './parts.module.css'
import { placeName } from './refs'

interface Props {
  link: ObjectLink
  /** Written as its kind and name, for where the kind isn't said by what is around. */
  withKind?: boolean
  onFollow: (ref: ObjectRef) => void
}

/** Another object: a way to it, or why there is none. */
export function LinkTo({ link, withKind = false, onFollow }: Props) {
  const name = placeName(link.ref)
  const kind = withKind ? `${link.kind} ` : ''
  return (
    <span className={css.row}>
      {link.gone ? (
        <span>
          <Plain>{`${kind}${name}`}</Plain> <span className={css.subtle}>{link.gone}</span>
        </span>
      ) : (
        <button
          type="button"
          className={css.link}
          aria-label={`Open ${link.kind} ${name}`}
          onClick={() => onFollow(link.ref)}
        >
          <Plain>{`${kind}${name}`}</Plain>
        </button>
      )}
      {link.status && <Toned tone={link.tone}>{link.status}</Toned>}
    </span>
  )
}
