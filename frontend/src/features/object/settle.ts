import { type Opener, openers } from './place'

/** A step of a field's path: a key, or what stands in brackets: a key that has dots, what names an item, or its index. */
type Step = string | { inside: string }

const STEP = /\.?(?:\["((?:[^"\\]|\\.)*)"\]|\[([^\]]*)\]|((?:\\.|[^.[\]\\])+))/y

/** Reads "spec.containers[web].image", "metadata.labels[a.b/c]" or "spec.ports[0]"; null for what it can't read. */
export function readPath(path: string): Step[] | null {
  const steps: Step[] = []
  STEP.lastIndex = 0
  while (STEP.lastIndex < path.length) {
    const found = STEP.exec(path)
    if (!found) return null
    const [, quoted, inside, plain] = found
    steps.push(inside === undefined ? (quoted ?? plain ?? '').replace(/\\(.)/g, '$1') : { inside })
  }
  return steps.length > 0 ? steps : null
}

/** Lines of a text, and the column of what is in them. */
interface Range {
  from: number
  to: number
  column: number
}

/**
 * The text with another value, as YAML, at a path; '' takes the field away. null when the place can't be found, and the
 * person has to write it.
 */
export function withValue(yaml: string, path: string, value: string): string | null {
  const steps = readPath(path)
  const last = steps?.pop()
  if (!steps || last === undefined) return null
  const lines = yaml.split('\n')
  const read = lines.map(openers)
  let range: Range | null = inside(read, { from: 0, to: lines.length, column: 0 })
  for (const step of steps) range = range && find(read, range, step)
  if (!range || (typeof last !== 'string' && itemsOf(read, range).length > 0)) return null
  const key = typeof last === 'string' ? last : last.inside
  const old = field(read, range, key)
  const at = old ?? { from: endOf(lines, range), to: endOf(lines, range) }
  const dash = old ? (lines[old.from] ?? '').slice(0, range.column) : ' '.repeat(range.column)
  return [...lines.slice(0, at.from), ...written(dash, key, value, range.column), ...lines.slice(at.to)].join('\n')
}

/** A field as lines. The first keeps what stands before it: spaces, or an item's dash. */
function written(lead: string, key: string, value: string, column: number): string[] {
  const text = value.replace(/\n+$/, '')
  if (text === '') return lead.trim() === '' ? [] : [lead.trimEnd()]
  const name = /^[A-Za-z_][\w./-]*$/.test(key) ? key : JSON.stringify(key)
  const [first = '', ...rest] = text.split('\n')
  const whole = rest.length === 0 || /^[|>]/.test(first)
  const pad = ' '.repeat(column)
  if (whole) return [`${lead}${name}: ${first}`, ...rest.map((line) => (line === '' ? '' : pad + line))]
  return [`${lead}${name}:`, ...[first, ...rest].map((line) => `${pad}  ${line}`)]
}

type Read = readonly (readonly Opener[])[]

/** What is below a step. */
function find(read: Read, range: Range, step: Step): Range | null {
  const items = typeof step === 'string' ? [] : itemsOf(read, range)
  if (typeof step !== 'string' && items.length > 0)
    return (
      items.find((item) => isNamed(read, item, step.inside)) ??
      items[/^\d+$/.test(step.inside) ? Number(step.inside) : -1] ??
      null
    )
  const found = field(read, range, typeof step === 'string' ? step : step.inside)
  return found && inside(read, { from: found.from + 1, to: found.to, column: range.column })
}

/** The range with the column of the first thing in it. */
function inside(read: Read, range: Range): Range | null {
  for (let n = range.from; n < range.to; n++) {
    const first = read[n]?.[0]
    if (first) return { ...range, column: first.column }
  }
  return null
}

/** The lines of a key of a mapping. */
function field(read: Read, range: Range, key: string): { from: number; to: number } | null {
  for (let n = range.from; n < range.to; n++) {
    const found = read[n]?.find((one) => one.column === range.column && one.key === key)
    if (found) return { from: n, to: end(read, n, range) }
  }
  return null
}

/** Where what begins in a line ends: at the next that is as far out and is no item of it. */
function end(read: Read, from: number, range: Range): number {
  for (let n = from + 1; n < range.to; n++) {
    const first = read[n]?.[0]
    if (first && (first.column < range.column || (first.column === range.column && first.key !== null))) return n
  }
  return range.to
}

/** The items of a list, each with the column of its mapping. */
function itemsOf(read: Read, range: Range): Range[] {
  const starts: number[] = []
  for (let n = range.from; n < range.to; n++)
    if (read[n]?.some((one) => one.column === range.column && one.key === null)) starts.push(n)
  return starts.map((from, i) => {
    const below = read[from]?.find((one) => one.column > range.column)
    return { from, to: starts[i + 1] ?? range.to, column: below?.column ?? range.column + 2 }
  })
}

/** Whether a field of the item itself has that value: what names items differs from list to list. */
function isNamed(read: Read, item: Range, name: string): boolean {
  return read
    .slice(item.from, item.to)
    .some((line) => line.some((one) => one.column === item.column && one.key !== null && unquoted(one.value) === name))
}

function unquoted(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/, '$2')
}

/** The end of a mapping, before the empty lines that follow it. */
function endOf(lines: readonly string[], range: Range): number {
  let at = range.to
  while (at > range.from && (lines[at - 1] ?? '').trim() === '') at--
  return at
}
