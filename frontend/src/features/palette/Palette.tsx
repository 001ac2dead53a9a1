import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Ways } from '../../lib/places'
import { useAct } from '../../ui/act'
import { useNotices } from '../../ui/Notices'
import { useReturnFocus } from '../../ui/useReturnFocus'
import { useBackend, useFleet } from '../../wails/context'
import type { ObjectRef } from '../../wails/model'
import { nobody } from '../../wails/namesakes'
import type { PaletteAction, PalettePage } from './actions'
import { Foot } from './Foot'
import type { Item } from './items'
import { Options } from './Options'
import css from './Palette.module.css'
import { chose, recents } from './recents'
import { begin, found, parse } from './search'
import { objectItem, useItems } from './useItems'
import { useObjects } from './useObjects'

export interface PaletteProps extends Ways {
  actions: readonly PaletteAction[]
  onClose: () => void
  onPage: (page: PalettePage) => void
  /** Shows a member on the clusters page. */
  onMember: (id: string) => void
}

/** Goes anywhere and does anything, by typing a part of its name. */
export function Palette({ onClose, actions, onOpen, onLogs, ...on }: PaletteProps) {
  const id = useId()
  const backend = useBackend()
  const act = useAct()
  const notices = useNotices()
  const [typed, setTyped] = useState('')
  const [wanted, setWanted] = useState('')
  const [before] = useState(recents)
  const giveBackFocus = useReturnFocus()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])

  const items = useItems({ actions, ...on })
  const query = useMemo(() => parse(typed), [typed])
  const fleet = useFleet().state
  const objects = useObjects(query.only ? '' : query.text)
  const hits = useMemo(() => {
    const members = fleet.status === 'ready' ? fleet.value.members : []
    const of = (member: string) => members.find((m) => m.id === member)
    return objects.result?.hits.map((hit) => objectItem(hit, of(hit.ref.member), onOpen)) ?? []
  }, [objects.result, fleet, onOpen])
  const groups = useMemo(
    () => (typed === '' ? begin(items, before) : found(items, query, hits)),
    [typed, items, before, query, hits],
  )
  const flat = useMemo(() => groups.flatMap((group) => group.items), [groups])
  const at = Math.max(
    0,
    flat.findIndex((item) => item.id === wanted),
  )
  const active = flat[at]

  const leave = (run: () => void) => {
    giveBackFocus() // before: what runs may take it
    onClose()
    run()
  }
  const choose = (item: Item | undefined) => {
    if (!item || item.refused) return
    if (item.group !== 'objects') chose(item.id)
    leave(item.run)
  }
  /** The palette is gone by then: what is found, or that nothing is, shows where the person is. */
  const logsEverywhere = (ref: ObjectRef) =>
    act(async () => {
      const found = await backend.objects.namesakes(ref)
      onLogs([ref, ...found.refs])
      if (found.refs.length === 0) notices.say(nobody(found))
    })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const run = command(event)
    event.stopPropagation() // nothing of the page below is meant
    if (!run) return
    event.preventDefault()
    run()
  }
  const command = (event: KeyboardEvent): (() => void) | null => {
    const go = (to: number) => () => setWanted(flat[Math.max(0, Math.min(to, flat.length - 1))]?.id ?? '')
    switch (event.key) {
      case 'ArrowDown':
        return go(at + 1 < flat.length ? at + 1 : 0)
      case 'ArrowUp':
        return go(at > 0 ? at - 1 : flat.length - 1)
      case 'Home':
        return go(0)
      case 'End':
        return go(flat.length - 1)
      case 'PageDown':
        return go(at + 8)
      case 'PageUp':
        return go(at - 8)
      case 'Enter': {
        const logs = (event.ctrlKey || event.metaKey) && active?.logs
        if (!logs) return () => choose(active)
        return () => leave(() => (event.shiftKey ? logsEverywhere(logs) : onLogs([logs])))
      }
      case 'Escape':
        return () => leave(() => undefined)
      case 'Tab':
        return () => undefined // the input is all that there is
      default:
        return null
    }
  }
  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: a press beside the palette closes it, as Escape does
    <div
      className={css.backdrop}
      onMouseDown={(event) => {
        if (event.target !== input.current) event.preventDefault() // the focus stays in the input, or goes back
        if (event.target === event.currentTarget) leave(() => undefined)
      }}
    >
      <div role="dialog" aria-modal="true" aria-label="Command palette" className={css.panel} onKeyDown={onKeyDown}>
        <input
          ref={input}
          type="text"
          role="combobox"
          className={css.input}
          aria-label="Find clusters, kinds, objects, pages and actions"
          aria-expanded={flat.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active ? `${id}-${at}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder="Go to or do…"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setWanted('')
          }}
        />
        <Options id={id} groups={groups} active={active} onActive={setWanted} onChoose={choose} />
        <Foot typed={typed} query={query} count={flat.length} objects={objects} active={active} />
      </div>
    </div>,
    document.body,
  )
}
