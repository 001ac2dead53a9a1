import { syntaxTree } from '@codemirror/language'
import { type Diagnostic, forceLinting, linter } from '@codemirror/lint'
import { type EditorState, StateEffect, StateField } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import type { SyntaxNodeRef } from '@lezer/common'
import type { EditProblem } from '../../wails/model'

const MOST = 50

const tell = StateEffect.define<readonly EditProblem[]>()

/** What the server objected to, until the text of that line changes. */
const told = StateField.define<readonly Diagnostic[]>({
  create: () => [],
  update(now, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(tell)) return effect.value.flatMap((one) => marked(transaction.state, one))
    }
    if (!transaction.docChanged) return now
    return now.flatMap((one) => {
      if (transaction.changes.touchesRange(one.from, one.to)) return []
      return { ...one, from: transaction.changes.mapPos(one.from), to: transaction.changes.mapPos(one.to) }
    })
  },
})

/** Marks what the YAML itself has wrong as it is typed, and what tellProblems says. */
export const problemMarks = [told, linter((view) => [...syntaxProblems(view.state), ...view.state.field(told)])]

/** Marks what the server objects to; the earlier marks go. */
export function tellProblems(view: EditorView, problems: readonly EditProblem[]): void {
  view.dispatch({ effects: tell.of(problems) })
  forceLinting(view)
}

function marked(state: EditorState, { line, path, message }: EditProblem): Diagnostic[] {
  if (line < 1 || line > state.doc.lines) return []
  const { from, to, text } = state.doc.line(line)
  const start = from + text.length - text.trimStart().length
  return [{ from: Math.min(start, to), to, severity: 'error', message: path ? `${path}: ${message}` : message }]
}

/** What makes the text no YAML, or not what it seems to say. */
export function syntaxProblems(state: EditorState): Diagnostic[] {
  const found: Diagnostic[] = []
  const add = (from: number, to: number, message: string) => {
    const line = state.doc.lineAt(from)
    found.push({ from, to: Math.max(Math.min(to, line.to), from), severity: 'error', message })
  }
  syntaxTree(state).iterate({
    enter: (node) => {
      if (found.length >= MOST) return false
      check(state, node, add)
      return undefined
    },
  })
  return found
}

type Add = (from: number, to: number, message: string) => void

function check(state: EditorState, node: SyntaxNodeRef, add: Add): void {
  if (node.type.isError) {
    const line = state.doc.lineAt(node.from)
    add(
      line.from + line.text.search(/\S|$/),
      line.to,
      'This doesn’t fit here: look at the indentation, the colons and the brackets.',
    )
  } else if (node.name === 'QuotedLiteral') {
    const text = state.sliceDoc(node.from, node.to)
    const open = text[0] ?? ''
    if (text.length < 2 || !text.endsWith(open)) add(node.from, node.to, `The quote ${open} is not closed.`)
  } else if (node.name === 'BlockMapping' || node.name === 'FlowMapping') sameKeys(state, node, add)
  else if (node.name === 'Pair') {
    const indent = /^[ ]*\t/.exec(state.doc.lineAt(node.from).text)
    if (indent) add(state.doc.lineAt(node.from).from, node.from, 'YAML is indented with spaces, not with tabs.')
  }
}

function sameKeys(state: EditorState, node: SyntaxNodeRef, add: Add): void {
  const seen = new Set<string>()
  for (const pair of node.node.getChildren('Pair')) {
    const key = pair.getChild('Key')
    const name = key ? state.sliceDoc(key.from, key.to) : ''
    if (key && seen.has(name)) add(key.from, key.to, `“${name}” is here twice.`)
    seen.add(name)
  }
}
