import OutlinedStarIcon from '@patternfly/react-icons/dist/esm/icons/outlined-star-icon'
import StarIcon from '@patternfly/react-icons/dist/esm/icons/star-icon'
import type { Kind } from '../../wails/model'
import css from './KindPicker.module.css'
import { plural } from './kinds'

interface Props {
  kind: Kind
  chosen: boolean
  favourite: boolean
  /** The API group, where it is needed to tell kinds apart; '' shows none. */
  group: string
  /** The names of the members that don't serve it. */
  lacking: string[]
  onChoose: () => void
  onFavourite: (on: boolean) => void
}

/** One kind of the picker, with its star. */
export function KindRow({ kind, chosen, favourite, group, lacking, onChoose, onFavourite }: Props) {
  const name = plural(kind)
  const served = lacking.length > 0 ? `${kind.members}/${kind.members + lacking.length}` : ''
  const words = served === '' ? '' : `${served} clusters serve it`
  const label = [name, group, words].filter(Boolean).join(', ')
  return (
    <li className={css.row} data-chosen={chosen}>
      <button
        type="button"
        className={css.kind}
        aria-label={label}
        aria-current={chosen ? 'page' : undefined}
        tabIndex={chosen ? 0 : -1}
        title={lacking.length > 0 ? `Not in ${lacking.join(', ')}` : undefined}
        onClick={onChoose}
      >
        <span className={css.name}>{name}</span> {group !== '' && <span className={css.group}>{group}</span>}{' '}
        {served !== '' && <span className={css.served}>{served}</span>}
      </button>
      <button
        type="button"
        className={css.star}
        tabIndex={-1}
        aria-label={`Favourite: ${name}`}
        aria-pressed={favourite}
        onClick={() => onFavourite(!favourite)}
      >
        {favourite ? <StarIcon /> : <OutlinedStarIcon />}
      </button>
    </li>
  )
}
