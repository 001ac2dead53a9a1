import type { EditorView } from '@codemirror/view'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { createEditor, setEditing } from './editor'

interface Options {
  label: string
  text: string
  schema: unknown
  editing: boolean
  onChange: () => void
  onReview: () => void
}

/** Keeps one editor in a box for as long as the box is there, so that undo and folding outlast what React renders. */
export function useEditor(box: RefObject<HTMLElement | null>, options: Options): EditorView | null {
  const [view, setView] = useState<EditorView | null>(null)
  const now = useRef(options)
  now.current = options
  useEffect(() => {
    const parent = box.current
    if (!parent) return
    const made = createEditor({
      parent,
      label: now.current.label,
      text: now.current.text,
      schema: () => now.current.schema,
      onChange: () => now.current.onChange(),
      onReview: () => now.current.onReview(),
    })
    setView(made)
    return () => made.destroy()
  }, [box])
  useEffect(() => {
    if (view === null) return
    setEditing(view, options.editing)
    if (options.editing) view.focus()
  }, [view, options.editing])
  return view
}
