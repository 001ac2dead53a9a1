import AngleDoubleLeftIcon from '@patternfly/react-icons/dist/esm/icons/angle-double-left-icon'
import AngleRightIcon from '@patternfly/react-icons/dist/esm/icons/angle-right-icon'
import BarsIcon from '@patternfly/react-icons/dist/esm/icons/bars-icon'
import { type KeyboardEvent, memo, type RefObject, useMemo, useRef, useState } from 'react'
import { useAct } from '../../ui/act'
import { useBackend } from '../../wails/context'
import type { Kind, Member } from '../../wails/model'
import css from './KindPicker.module.css'
import { KindRow } from './KindRow'
import { isAmbiguous, type Served, searchKinds, sections } from './kinds'
import { focusables, movePicker } from './pickerKeys'
import type { Remembered } from './remembered'

interface Props {
  catalog: Served
  kind: string
  members: ReadonlyMap<string, Member>
  kept: Remembered
  searchBox: RefObject<HTMLInputElement | null>
  onKeep: (change: Partial<Remembered>) => void
  onKind: (key: string) => void
}

/** As many as a person reads through; more words narrow it down. */
const MOST_FOUND = 60

/** Every kind that any member serves, in a column beside the table. */
export const KindPicker = memo(function KindPicker({ catalog, kind, members, kept, searchBox, onKeep, onKind }: Props) {
  const backend = useBackend()
  const act = useAct()
  const [text, setText] = useState('')
  const list = useRef<HTMLDivElement>(null)
  const parts = useMemo(() => sections(catalog), [catalog])
  const found = useMemo(() => searchKinds(catalog.kinds, text), [catalog.kinds, text])
  const searching = text.trim() !== ''

  if (kept.folded)
    return (
      <nav aria-label="Kinds" className={css.strip}>
        <button
          type="button"
          className={css.fold}
          aria-label="Show the kinds"
          onClick={() => onKeep({ folded: false })}
        >
          <BarsIcon />
        </button>
      </nav>
    )

  const rowOf = (one: Kind) => (
    <KindRow
      key={one.key}
      kind={one}
      chosen={one.key === kind}
      favourite={catalog.favourites.includes(one.key)}
      group={searching || isAmbiguous(catalog.kinds, one) ? one.group : ''}
      lacking={one.lacking.map((id) => members.get(id)?.name ?? id)}
      onChoose={() => onKind(one.key)}
      onFavourite={(on) => act(() => backend.pane.setFavourite(one.key, on))}
    />
  )
  const onSearchKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && found[0] && searching) onKind(found[0].key)
    else if (event.key === 'Escape') setText('')
    else if (event.key === 'ArrowDown') focusables(list.current)[0]?.focus()
    else return
    event.preventDefault()
  }
  return (
    <nav aria-label="Kinds" className={css.picker}>
      <div className={css.head}>
        <input
          ref={searchBox}
          type="search"
          className={css.search}
          aria-label="Search kinds"
          placeholder="Search kinds"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onSearchKey}
        />
        <button type="button" className={css.fold} aria-label="Hide the kinds" onClick={() => onKeep({ folded: true })}>
          <AngleDoubleLeftIcon />
        </button>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside */}
      <div ref={list} className={css.list} onKeyDown={(event) => movePicker(event, list.current, searchBox.current)}>
        {searching ? (
          <Found kinds={found} rowOf={rowOf} />
        ) : (
          parts.map(({ id, title, kinds }) => {
            const open = kept.open.includes(id)
            const toggle = () => onKeep({ open: open ? kept.open.filter((one) => one !== id) : [...kept.open, id] })
            return (
              <section key={id} aria-label={title}>
                <button type="button" className={css.part} aria-expanded={open} onClick={toggle}>
                  <AngleRightIcon className={css.caret ?? ''} />
                  <span className={css.partText}>{title}</span>
                  <span className={css.partCount} aria-hidden="true">
                    {kinds.length}
                  </span>
                </button>
                {open && <ul className={css.kinds}>{kinds.map(rowOf)}</ul>}
              </section>
            )
          })
        )}
      </div>
      {catalog.learning.length > 0 && (
        <p className={css.note}>
          {names(catalog.learning, members)} {catalog.learning.length === 1 ? 'has' : 'have'} not told yet what can be
          seen there.
        </p>
      )}
    </nav>
  )
})

function Found({ kinds, rowOf }: { kinds: Kind[]; rowOf: (kind: Kind) => React.ReactNode }) {
  if (kinds.length === 0) return <p className={css.note}>No kind has that name, short name or group.</p>
  return (
    <>
      <ul className={css.kinds} aria-label="Found kinds">
        {kinds.slice(0, MOST_FOUND).map(rowOf)}
      </ul>
      {kinds.length > MOST_FOUND && (
        <p className={css.note}>{kinds.length - MOST_FOUND} more. Type more to find them.</p>
      )}
    </>
  )
}

function names(ids: string[], members: ReadonlyMap<string, Member>): string {
  const all = ids.map((id) => members.get(id)?.name ?? id)
  return all.length > 2 ? `${all.length} clusters` : all.join(' and ')
}
