// How strong a passphrase is, worked out in the page while it is typed. It goes nowhere. It follows backend/seal/strength.go,
// so that the page and Go say the same; Go judges again and has the last word.
import { EVERYBODYS, ROWS } from './everybodys'

export interface Strength {
  /** 0 hopeless, 1 weak, 2 not enough, 3 good, 4 strong. */
  score: 0 | 1 | 2 | 3 | 4
  /** log2 of the guesses that somebody needs who knows how people choose. */
  bits: number
  /** What would make it better, '' when strong. */
  advice: string
}

/** Below this a passphrase isn't taken. */
export const MIN_SCORE = 3

/** More characters add nothing. */
const MOST_RATED = 256

const ADVICE = {
  empty: 'Choose a passphrase: four or more unrelated words are strong and easy to keep in mind.',
  common: 'It holds a password that everybody knows, and that is tried first. Use four or more unrelated words.',
  rows: 'Rows and repeats, like 1234, qwerty or aaaa, add next to nothing. Use four or more unrelated words.',
  short: 'It is too short. Use four or more unrelated words, or at least twelve random characters.',
  more: 'One or two more unrelated words would make it good.',
  strong: 'One more word would make it strong.',
}

export function strength(passphrase: string): Strength {
  const typed = [...passphrase.normalize('NFKC')].slice(0, MOST_RATED)
  const text: Text = { typed, low: typed.map(plainLetter) }
  let sum = 0
  let common = false
  let rows = false
  for (let at = 0; at < typed.length; ) {
    const step = next(text, at)
    sum += step.bits
    at += step.length
    common ||= step.kind === 'common'
    rows ||= step.kind === 'row'
  }
  const bits = Math.round(sum * 10) / 10
  const score = scoreOf(bits)
  return { score, bits, advice: adviceFor(typed.length, score, common, rows) }
}

function scoreOf(bits: number): Strength['score'] {
  if (bits >= 60) return 4
  if (bits >= 45) return 3
  if (bits >= 35) return 2
  return bits >= 25 ? 1 : 0
}

function adviceFor(length: number, score: number, common: boolean, rows: boolean): string {
  if (length === 0) return ADVICE.empty
  if (score === 4) return ''
  if (score === MIN_SCORE) return ADVICE.strong
  if (common) return ADVICE.common
  if (rows) return ADVICE.rows
  return score < 2 ? ADVICE.short : ADVICE.more
}

/** As typed, and in lower case with 0 for o and the like undone; both of the same length. */
interface Text {
  typed: readonly string[]
  low: readonly string[]
}

interface Step {
  length: number
  bits: number
  kind: 'common' | 'row' | 'plain'
}

function next(text: Text, at: number): Step {
  const word = known(text, at)
  if (word > 0) return { length: word, bits: 6, kind: 'common' }
  const row = inARow(text, at)
  if (row > 0) return { length: row, bits: 4 + Math.log2(row), kind: 'row' }
  if (isYear(text, at)) return { length: 4, bits: 6, kind: 'plain' }
  let length = 1
  while (isLetter(text.typed[at]) && isLetter(text.typed[at + length])) {
    if (known(text, at + length) > 0 || inARow(text, at + length) > 0) break
    length++
  }
  const alone = isGap(text.typed[at - 1]) && isGap(text.typed[at + length])
  if (length < 3 && isLetter(text.typed[at]) && alone) return { length, bits: 3, kind: 'plain' }
  return { length, bits: worth(text.typed.slice(at, at + length)), kind: 'plain' }
}

/** What letters in a row, or one other character, are worth. */
function worth(part: readonly string[]): number {
  const first = part[0] ?? ''
  const n = part.length
  if (/\p{Script=Han}/u.test(first)) return 4.5 * n
  if (/\p{Nd}/u.test(first)) return 3.3
  if (/\s/u.test(first)) return 0.5
  if (!isLetter(first)) return 4
  if (n < 3) return 4.7 * n
  const upper = part.filter((c) => /\p{Lu}/u.test(c)).length
  const vowels = part.filter((c) => c > '\x7f' || 'aeiouyAEIOUY'.includes(c)).length
  // A word taken at random is worth some 11 to 13 bits; letters that no word has are worth more.
  const bits = (vowels / n < 0.18 ? 3.8 : 1.9) * n
  if (upper === 0) return bits
  const usual = (upper === 1 && /\p{Lu}/u.test(first)) || upper === n
  return bits + (usual ? 1 : 0.6 * n)
}

function isLetter(c: string | undefined): boolean {
  return c !== undefined && /\p{L}/u.test(c)
}

/** No letter or figure. */
function isGap(c: string | undefined): boolean {
  return c === undefined || !/[\p{L}\p{Nd}]/u.test(c)
}

/** The length of the longest word that everybody uses, of those that begin there. */
function known({ low }: Text, at: number): number {
  const rest = low.slice(at, at + 32).join('')
  return EVERYBODYS.reduce(
    (longest, word) => (word.length > longest && rest.startsWith(word) ? word.length : longest),
    0,
  )
}

/** Neighbours on a keyboard, one character again and again, or what was there before. */
function inARow(text: Text, at: number): number {
  return Math.max(row(text, at), same(text, at), again(text, at))
}

function row({ typed }: Text, at: number): number {
  const first = typed[at] ?? ''
  let longest = 0
  for (const keys of ROWS) {
    const from = keys.indexOf(first.toLowerCase())
    let n = 0
    while (from >= 0 && from + n < keys.length && typed[at + n]?.toLowerCase() === keys[from + n]) n++
    longest = Math.max(longest, n)
  }
  return longest >= 4 || (longest === 3 && /\p{Nd}/u.test(first)) ? longest : 0
}

function same({ typed }: Text, at: number): number {
  let n = 1
  while (at + n < typed.length && typed[at + n] === typed[at]) n++
  return n < 3 ? 0 : n
}

function again({ low }: Text, at: number): number {
  let longest = 0
  for (let from = 0; from < at; from++) {
    let n = 0
    while (at + n < low.length && low[from + n] === low[at + n]) n++
    longest = Math.max(longest, n)
  }
  return longest < 4 ? 0 : longest
}

function isYear({ typed }: Text, at: number): boolean {
  return /^(19|20)\d\d$/.test(typed.slice(at, at + 4).join(''))
}

/** Undoes the disguises that every guesser knows. */
function plainLetter(c: string): string {
  const at = '@4310!57$'.indexOf(c)
  const plain = at >= 0 ? 'aaeloists'.charAt(at) : c.toLowerCase()
  // One character stays one.
  return [...plain][0] ?? c
}
