import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { hoverTooltip } from '@codemirror/view'
import { openers, pathOf, placeAt } from './place'
import { describe, keysOf, type Node, schemaAt, typeWords, valuesOf } from './schema'

/** Offers the keys that the schema has where the cursor is, and the values of the field that it is in. */
export function completeFrom(schema: () => unknown) {
  return (context: CompletionContext): CompletionResult | null => {
    const root = schema()
    const place = root === null ? null : placeAt(context.state.doc, context.pos)
    if (place === null || (place.from === context.pos && !context.explicit && place.at === 'key')) return null
    const node = schemaAt(root, place.path)
    if (node === null) return null
    const options =
      place.at === 'value'
        ? valuesOf(node).map((label): Completion => ({ label, type: 'enum' }))
        : keysOf(root, node)
            .filter(({ key }) => !place.siblings.has(key))
            .map(({ key, node: child, required }) => keyOption(root, key, child, required, place.column))
    return options.length > 0 ? { from: place.from, options, validFor: /^[\w.\-/]*$/ } : null
  }
}

function keyOption(root: unknown, key: string, node: Node, required: boolean, column: number): Completion {
  const type = typeWords(root, node)
  return {
    label: key,
    detail: ` ${required ? `${type}, required` : type}`, // apart from the key for those who hear it, too
    type: 'property',
    boost: required ? 50 : 0,
    apply: key + opening(node, column),
    info: () => card(key, '', describe(node)),
  }
}

/** What follows a key, by what its value is. */
function opening(node: Node, column: number): string {
  const below = `\n${' '.repeat(column)}`
  if (node.type === 'array') return `:${below}- `
  return node.type === 'object' || node.properties ? `:${below}  ` : ': '
}

/** Tells what a field is when one points at its key. */
export function hoverFrom(schema: () => unknown) {
  return hoverTooltip((view, pos) => {
    const line = view.state.doc.lineAt(pos)
    const own = openers(line.text)
    const last = own.at(-1)
    if (!last || last.key === null) return null
    const from = line.from + last.column
    const end = from + line.text.slice(last.column).indexOf(':')
    if (pos < from || pos > end) return null
    const parents = pathOf(view.state.doc, line.number, last.column, own.slice(0, -1))
    const root = schema()
    const node = parents && schemaAt(root, [...parents, last.key])
    if (!node) return null
    const key = last.key
    return { pos: from, end, above: true, create: () => ({ dom: card(key, typeWords(root, node), describe(node)) }) }
  })
}

/** What a field is. The words are the cluster's: they are set as text, never as HTML. */
function card(key: string, type: string, words: string): HTMLElement {
  const box = document.createElement('div')
  box.className = 'cm-field'
  const head = document.createElement('strong')
  head.textContent = key
  const kind = document.createElement('span')
  kind.textContent = type
  const text = document.createElement('p')
  text.textContent = words || 'The cluster’s schema says no more of it.'
  box.append(head, ' ', kind, text)
  return box
}
