import type { Item } from './items'
import css from './Palette.module.css'
import type { Query } from './search'
import type { Objects } from './useObjects'

interface Props {
  typed: string
  query: Query
  count: number
  objects: Objects
  active: Item | undefined
}

/** What was searched and what wasn't, and the keys. */
export function Foot({ typed, query, count, objects, active }: Props) {
  return (
    <div className={css.foot}>
      <p role="status">{words(typed, query, count, objects)}</p>
      <p className={css.keys} aria-hidden="true">
        {typed === '' && (
          <>
            <kbd>&gt;</kbd> actions <kbd>@</kbd> clusters <kbd>:</kbd> kinds
          </>
        )}
        {active?.logs && (
          <>
            <kbd>Ctrl Enter</kbd> logs <kbd>Ctrl Shift Enter</kbd> in all clusters
          </>
        )}
      </p>
    </div>
  )
}

function words(typed: string, { only, text }: Query, count: number, objects: Objects): string {
  if (typed === '') return 'Type a part of a name.'
  const { result, failure, busy } = objects
  const none = count === 0 && !busy ? `Nothing is called “${text}”. ` : ''
  if (only || text.length < 2) return none
  if (failure) return `${none}Objects can’t be searched: ${failure.message} ${failure.hint ?? ''}`
  if (busy && !result) return 'Searching objects…'
  if (!result) return none
  if (result.kinds.length === 0) return `${none}No kind is loaded yet. Open one in Explore to search its objects.`
  const kinds = result.kinds.length === 1 ? '1 loaded kind' : `${result.kinds.length} loaded kinds`
  const more = result.more ? ` There are more; type more of the name.` : ''
  return `${none}Searched ${kinds}; open a kind to search more.${more}`
}
