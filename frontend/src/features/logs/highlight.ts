export interface Piece {
  text: string
  hit: boolean
}

const MOST = 200

/** A text cut where it has the needle, whatever its case, as Go's search finds it. */
export function pieces(text: string, needle: string): Piece[] {
  if (needle === '') return [{ text, hit: false }]
  const low = folded(text)
  const wanted = folded(needle)
  const found: Piece[] = []
  let at = 0
  for (let hits = 0; hits < MOST; hits++) {
    const next = low.indexOf(wanted, at)
    if (next < 0) break
    if (next > at) found.push({ text: text.slice(at, next), hit: false })
    at = next + needle.length
    found.push({ text: text.slice(next, at), hit: true })
  }
  if (at < text.length || found.length === 0) found.push({ text: text.slice(at), hit: false })
  return found
}

// Where a lower case is longer than the letter itself (İ) the cuts would slip.
function folded(text: string): string {
  return text.replace(/\p{Lu}/gu, (letter) => {
    const lower = letter.toLowerCase()
    return lower.length === letter.length ? lower : letter
  })
}
