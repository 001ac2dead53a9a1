import type { Text } from '@codemirror/state'
import type { Path } from './schema'

/** Where in a YAML text a position is. */
export interface Place {
  /** Of the mapping that a key is in, or of the field that a value is of. Every item of a list is 0. */
  path: Path
  at: 'key' | 'value'
  /** Where the word that is being typed begins. */
  from: number
  /** The column of the key. */
  column: number
  /** The other keys of the mapping. */
  siblings: ReadonlySet<string>
}

/** What opens a level of the text: an item's dash, or a key. */
export interface Opener {
  column: number
  /** null is a dash. */
  key: string | null
  value: string
}

const KEY = /^(?:"([^"]*)"|'([^']*)'|([^\s#"'[\]{}&*!|>%@`,-][^#]*?|-[^\s#]+?))\s*:(?:\s+(.*)|)$/
const BLOCK = /^[|>][-+0-9]*\s*(#.*)?$/

/** The openers of one line, from left to right: "- name: web" has two. */
export function openers(text: string): Opener[] {
  const found: Opener[] = []
  let at = text.length - text.trimStart().length
  while (text[at] === '-' && (at + 1 === text.length || text[at + 1] === ' ')) {
    found.push({ column: at, key: null, value: '' })
    at++
    while (text[at] === ' ') at++
  }
  const match = KEY.exec(text.slice(at).trimEnd())
  const key = match?.[1] ?? match?.[2] ?? match?.[3]
  if (key !== undefined) found.push({ column: at, key, value: match?.[4] ?? '' })
  return found
}

/**
 * Where a position is, by indentation alone: what is being typed has no right syntax tree yet. null in a comment, in a block
 * of text and in what is written in braces.
 */
export function placeAt(doc: Text, pos: number): Place | null {
  const line = doc.lineAt(pos)
  const before = line.text.slice(0, pos - line.from)
  const own = openers(before)
  const last = own.at(-1)
  if (/^\s*#/.test(before)) return null
  if (last && last.key !== null) {
    if (!/\s$/.test(before) && last.value === '') return null
    if (/^[[{|>&*!"']/.test(last.value) || /\s#/.test(before)) return null
    const path = pathOf(doc, line.number, last.column, own.slice(0, -1))
    const from = pos - last.value.length
    return path && { path: [...path, last.key], at: 'value', from, column: last.column, siblings: new Set() }
  }
  const word = /[^\s]*$/.exec(before)?.[0] ?? ''
  const typed = word === '-' ? '' : word
  const column = before.length - typed.length
  const dashes = own.filter((o) => o.column < column)
  if (
    before
      .slice(dashes.at(-1)?.column ?? 0, column)
      .replace(/^-/, '')
      .trim() !== ''
  )
    return null
  if (/[:[\]{}"'|>&*!]/.test(typed)) return null
  const path = pathOf(doc, line.number, column, dashes)
  return (
    path && { path, at: 'key', from: pos - typed.length, column, siblings: siblings(doc, line.number, column, dashes) }
  )
}

/** The path of the mapping that what stands in that column is in; null inside of a block of text. */
export function pathOf(doc: Text, number: number, column: number, own: readonly Opener[]): Path | null {
  const path: (string | number)[] = []
  let limit = column
  let listed = false
  for (let n = number; n >= 1 && (limit > 0 || listed); n--) {
    const line = n === number ? own : openers(doc.line(n).text)
    for (const { column: at, key, value } of line.toReversed()) {
      // The key of a list may stand in the column of its dashes.
      if (at > limit || (at === limit && !(listed && key !== null))) continue
      if (BLOCK.test(value)) return null
      path.unshift(key ?? 0)
      limit = at
      listed = key === null
    }
  }
  return path
}

/** The keys of the mapping in that column, without the line's own. */
function siblings(doc: Text, number: number, column: number, own: readonly Opener[]): Set<string> {
  const keys = new Set<string>()
  const add = (line: readonly Opener[]) => {
    for (const one of line) if (one.column === column && one.key !== null) keys.add(one.key)
  }
  for (let n = number - 1; n >= 1 && own.length === 0; n--) {
    const line = openers(doc.line(n).text)
    add(line)
    if (line.some((one) => one.column < column)) break
  }
  for (let n = number + 1; n <= doc.lines; n++) {
    const line = openers(doc.line(n).text)
    if (line.some((one) => one.column < column)) break
    add(line)
  }
  return keys
}
