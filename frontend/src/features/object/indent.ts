import { indentService } from '@codemirror/language'
import type { Text } from '@codemirror/state'
import { openers } from './place'

const STEP = 2
const BLOCK = /^[|>][-+0-9]*\s*(#.*)?$/

/**
 * How far in a line begins that is opened at the end of this one: beside its key; below a key without a value where what it
 * holds stands, or would stand. null where the line opens nothing: it is for the grammar to say.
 */
export function indentAfter(doc: Text, number: number): number | null {
  const last = openers(doc.line(number).text).at(-1)
  if (!last) return null
  if (last.key !== null && last.value !== '' && !BLOCK.test(last.value)) return last.column
  for (let n = number + 1; n <= doc.lines; n++) {
    const text = doc.line(n).text
    if (/^\s*(#|$)/.test(text)) continue
    const column = text.search(/\S/)
    const holds = column > last.column || (column === last.column && openers(text)[0]?.key === null)
    return holds && last.key !== null ? column : last.column + STEP
  }
  return last.column + STEP
}

/** Enter at the end of a line goes on where YAML would. */
export const indentLikeYaml = indentService.of((context, pos) => {
  const { doc } = context.state
  const line = doc.lineAt(pos)
  return context.simulatedBreak === pos && pos === line.to ? (indentAfter(doc, line.number) ?? undefined) : undefined
})
