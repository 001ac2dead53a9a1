import { MergeView, unifiedMergeView } from '@codemirror/merge'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { lookAt, reading } from './editor'
import css from './yaml.module.css'

interface Props {
  before: string
  after: string
  sideBySide: boolean
}

const COLLAPSE = { margin: 3, minSize: 6 }
// A rough difference of large texts is better than a page that stands still.
const DIFF = { scanLimit: 1000, timeout: 500 }

/** Two texts compared, on one side or on two; what is alike is folded away. */
export function Diff({ before, after, sideBySide }: Props) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const parent = box.current
    if (!parent) return
    const view = sideBySide ? twoSides(parent, before, after) : oneSide(parent, before, after)
    return () => view.destroy()
  }, [before, after, sideBySide])
  return <div ref={box} className={css.diff} data-sides={sideBySide ? 2 : 1} />
}

function side(label: string): Extension {
  return [lookAt(label), reading, EditorView.lineWrapping]
}

function oneSide(parent: HTMLElement, before: string, after: string): EditorView {
  const merged = unifiedMergeView({
    original: before,
    mergeControls: false,
    collapseUnchanged: COLLAPSE,
    diffConfig: DIFF,
  })
  return new EditorView({ parent, state: EditorState.create({ doc: after, extensions: [side('Changes'), merged] }) })
}

function twoSides(parent: HTMLElement, before: string, after: string): MergeView {
  return new MergeView({
    parent,
    a: { doc: before, extensions: side('As it is now') },
    b: { doc: after, extensions: side('As it would be') },
    collapseUnchanged: COLLAPSE,
    diffConfig: DIFF,
  })
}
