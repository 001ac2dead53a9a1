import type { Row } from '../model'

/** Rows are kept by pages of this many. */
export const PAGE = 100
/** Of them this many at most, the nearest to what is in sight. */
const MOST = 12

/** A stretch of rows, the last one included. */
export interface Span {
  first: number
  last: number
}

interface Page {
  rows: readonly Row[]
  /** Of another state of the table than the newest that was seen; it shows until it is read again. */
  old: boolean
}

/** Rows by their place, as far as they were read. It never changes: each answer makes another. */
export type Pages = ReadonlyMap<number, Page>

export const NO_PAGES: Pages = new Map()

export function rowAt(pages: Pages, index: number): Row | undefined {
  return pages.get(Math.floor(index / PAGE))?.rows[index % PAGE]
}

/** The place of a row in the span, -1 when it isn't there. */
export function placeOf(pages: Pages, key: string, { first, last }: Span): number {
  for (let i = Math.max(0, first); i <= last; i++) if (rowAt(pages, i)?.key === key) return i
  return -1
}

/** The whole pages that a span touches, as what to ask for. */
export function request({ first, last }: Span): { offset: number; limit: number } {
  const from = Math.floor(Math.max(0, first) / PAGE)
  const to = Math.min(Math.floor(Math.max(0, last) / PAGE), from + 4)
  return { offset: from * PAGE, limit: (to - from + 1) * PAGE }
}

/** The stretch of the span whose rows are not there (or are old); null when there is none. */
export function missing(pages: Pages, span: Span, matched: number, what: 'absent' | 'old too'): Span | null {
  const last = Math.min(span.last, matched - 1)
  const lacking: number[] = []
  for (let p = Math.floor(Math.max(0, span.first) / PAGE); p <= Math.floor(last / PAGE); p++) {
    const page = pages.get(p)
    if (!page || (page.old && what === 'old too')) lacking.push(p)
  }
  const [from] = lacking
  return from === undefined ? null : { first: from * PAGE, last: (lacking.at(-1) ?? from) * PAGE + PAGE - 1 }
}

interface Answer {
  offset: number
  rows: readonly Row[]
  matched: number
}

/** The pages with an answer's rows in them; `others` says what becomes of the pages that it doesn't hold. */
export function put(pages: Pages, answer: Answer, others: 'keep' | 'old' | 'drop'): Pages {
  const reuse = reuser(pages)
  const next = new Map<number, Page>()
  if (others !== 'drop')
    for (const [p, page] of pages)
      if (p * PAGE < answer.matched) next.set(p, others === 'old' ? { ...page, old: true } : page)
  const end = answer.offset + answer.rows.length
  for (let p = Math.ceil(answer.offset / PAGE); p * PAGE < end; p++) {
    const to = Math.min((p + 1) * PAGE, answer.matched)
    if (to > end) break // a part of a page is none
    const rows = answer.rows.slice(p * PAGE - answer.offset, to - answer.offset)
    next.set(p, { rows: rows.map(reuse), old: false })
  }
  return nearest(next, Math.floor((answer.offset + end) / 2 / PAGE))
}

// What is as it was stays the same object, so that only rows that changed render.
function reuser(pages: Pages): (row: Row) => Row {
  const known = new Map<string, Row>()
  for (const { rows } of pages.values()) for (const row of rows) known.set(row.key, row)
  return (row) => {
    const old = known.get(row.key)
    return old && same(old, row) ? old : row
  }
}

function same(a: Row, b: Row): boolean {
  return (
    a.tone === b.tone &&
    a.deleting === b.deleting &&
    a.created === b.created &&
    a.name === b.name &&
    a.namespace === b.namespace &&
    a.member === b.member &&
    a.cells.length === b.cells.length &&
    a.cells.every((cell, i) => cell === b.cells[i])
  )
}

function nearest(pages: Map<number, Page>, to: number): Pages {
  if (pages.size <= MOST) return pages
  const near = [...pages].sort(([a], [b]) => Math.abs(a - to) - Math.abs(b - to))
  return new Map(near.slice(0, MOST))
}
