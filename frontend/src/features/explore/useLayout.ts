import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useAct } from '../../ui/act'
import { useBackend } from '../../wails/context'
import type { TableLayout } from '../../wails/model'
import { noLayout } from './columns'

/** Dragging and pressing make one write of many changes, ms. */
const REST = 500

/** The layout of a kind's table and how to change it: what changes shows at once and is saved when the person rests. */
export function useLayout(kind: string, stored: readonly TableLayout[]): [TableLayout, (next: TableLayout) => void] {
  const backend = useBackend()
  const act = useAct()
  const [drafts, setDrafts] = useState<ReadonlyMap<string, TableLayout>>(new Map())
  const unsaved = useRef(new Map<string, TableLayout>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const save = useCallback(() => {
    clearTimeout(timer.current)
    for (const layout of unsaved.current.values()) act(() => backend.pane.saveTableLayout(layout))
    unsaved.current.clear()
  }, [act, backend])
  useEffect(() => save, [save])

  const change = useCallback(
    (next: TableLayout) => {
      setDrafts((all) => new Map(all).set(next.kind, next))
      unsaved.current.set(next.kind, next)
      clearTimeout(timer.current)
      timer.current = setTimeout(save, REST)
    },
    [save],
  )

  const saved = useMemo(() => stored.find((one) => one.kind === kind) ?? noLayout(kind), [stored, kind])
  const draft = drafts.get(kind)
  // Once the view holds it, what the view says counts again: another machine may change it.
  if (draft && JSON.stringify(draft) === JSON.stringify(inOrder(saved, draft))) {
    const rest = new Map(drafts)
    rest.delete(kind)
    setDrafts(rest)
  }
  // What the view tells anew is another object; as long as it says the same, no row need render.
  const now = draft ?? saved
  const [steady, setSteady] = useState(now)
  const same = now === steady || JSON.stringify(steady) === JSON.stringify(inOrder(now, steady))
  if (!same) setSteady(now)
  return [same ? steady : now, change]
}

// Go writes the keys of a map in its own order.
function inOrder(layout: TableLayout, like: TableLayout): TableLayout {
  const { kind, columns, widths, sort, desc } = layout
  const keys = Object.keys(like.widths)
  if (keys.length !== Object.keys(widths).length) return layout
  return { kind, columns, widths: Object.fromEntries(keys.map((key) => [key, widths[key] ?? 0])), sort, desc }
}
