import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language'
import { lintGutter, lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { completeFrom, hoverFrom } from './complete'
import { indentLikeYaml } from './indent'
import { problemMarks } from './problems'
import { theme } from './theme'

const mode = new Compartment()

export interface EditorOptions {
  parent: HTMLElement
  label: string
  text: string
  /** The kind's JSON schema, null until it is known. */
  schema: () => unknown
  onChange: () => void
  /** The person wants to see what saving would do: Ctrl/Cmd-S or Ctrl/Cmd-Enter. */
  onReview: () => void
}

/** A view of a YAML text, that setEditing makes an editor. */
export function createEditor({ parent, label, text, schema, onChange, onReview }: EditorOptions): EditorView {
  const review = () => {
    onReview()
    return true
  }
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lookAt(label),
        hoverFrom(schema),
        mode.of(reading),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange()
        }),
        autocompletion({ override: [completeFrom(schema)], icons: false }),
        keymap.of([
          { key: 'Mod-s', run: review },
          { key: 'Mod-Enter', run: review },
        ]),
      ],
    }),
  })
}

/** What every view of YAML has, be it an editor, a reader or a side of a comparison. */
export function lookAt(label: string): Extension {
  return [
    lineNumbers(),
    foldGutter(),
    codeFolding({ placeholderDOM: folded }),
    highlightSpecialChars(),
    drawSelection(),
    yaml(),
    theme,
    search({ top: true }),
    highlightSelectionMatches(),
    keymap.of([...searchKeymap, ...foldKeymap]),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
  ]
}

/** Stands for lines that are folded, and shows them again; with the keys Ctrl-Shift-] does. */
function folded(view: EditorView, onclick: (event: Event) => void): HTMLElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.tabIndex = -1
  button.className = 'cm-foldPlaceholder'
  button.textContent = '…'
  button.ariaLabel = 'Show what is folded'
  button.onclick = (event) => {
    onclick(event)
    view.focus() // the button goes
  }
  return button
}

/** Makes a view read-only; the caret stays, for the keys and to copy. */
export const reading: Extension = [EditorState.readOnly.of(true), EditorView.editable.of(false)]

const editing: Extension = [
  history(),
  indentOnInput(),
  indentLikeYaml,
  indentUnit.of('  '),
  closeBrackets(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  lintGutter(),
  problemMarks,
  keymap.of([
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...lintKeymap,
    ...defaultKeymap,
    ...historyKeymap,
    indentWithTab,
  ]),
]

export function setEditing(view: EditorView, on: boolean): void {
  view.dispatch({ effects: mode.reconfigure(on ? editing : reading) })
}

/** Puts another text there, as far as it differs from what is there. */
export function setText(view: EditorView, text: string): void {
  if (view.state.doc.toString() === text) return
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
}
