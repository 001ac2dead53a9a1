/**
 * How well a text answers a search: 0 is not at all, more is better. A whole match is best, then the text's beginning, then
 * the beginning of a word in it, then anywhere, then its letters in order with others between. Shorter texts win among equals.
 */
export function score(text: string, search: string): number {
  const hay = text.toLowerCase()
  const needle = search.trim().toLowerCase()
  if (needle === '' || hay === '') return 0
  if (hay === needle) return WHOLE
  const brief = 1 / (1 + hay.length) // never as much as a better class
  const at = hay.indexOf(needle)
  if (at === 0) return BEGIN + brief
  if (beginsWord(text, needle)) return WORD + brief
  if (at > 0) return INSIDE + brief
  const gaps = needle.length < LEAST ? -1 : scattered(text, needle)
  return gaps < 0 ? 0 : SCATTERED + brief / (1 + gaps)
}

const WHOLE = 10
const BEGIN = 8
const WORD = 6
const INSIDE = 4
const SCATTERED = 2
/** Fewer letters are found scattered in any text. */
const LEAST = 3

/** How well a title answers, or else the other words that it is known by: of those a beginning must be typed. */
export function best(title: string, words: readonly string[], search: string): number {
  const others = words.map((word) => score(word, search)).filter((n) => n >= WORD)
  return Math.max(score(title, search), OTHERS * Math.max(0, ...others))
}

/** A short name that is typed in whole still comes before a title that only begins so. */
const OTHERS = 0.9

/** Words begin after what is neither letter nor digit, and where a capital follows a small letter: the S of StatefulSet. */
const WORDS = /[\p{Lu}]+(?![\p{Ll}])|[\p{L}][\p{Ll}]*|[\p{N}]+/gu

function beginsWord(text: string, needle: string): boolean {
  for (const { index } of text.matchAll(WORDS)) if (text.slice(index).toLowerCase().startsWith(needle)) return true
  return false
}

/** How many letters lie between the first and the last of the needle's, each next one taken as soon as it comes; -1: not all are there. */
function scattered(text: string, needle: string): number {
  const hay = text.toLowerCase()
  let at = -1
  let first = -1
  for (const letter of needle) {
    at = hay.indexOf(letter, at + 1)
    if (at < 0) return -1
    if (first < 0) first = at
  }
  const gaps = at - first + 1 - needle.length
  return gaps <= needle.length * 3 ? gaps : -1 // further apart it is chance
}
