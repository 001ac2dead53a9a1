import { useState } from 'react'

const PER_PAGE = 25

export interface Pages<T> {
  shown: readonly T[]
  page: number
  pages: number
  /** 1 is the first. */
  go: (page: number) => void
  /** Goes to the page of the item at that place of the whole list. */
  reveal: (at: number) => void
}

/** A long list of forms or results, a page at a time. */
export function usePages<T>(all: readonly T[]): Pages<T> {
  const [asked, setAsked] = useState(1)
  const pages = Math.max(1, Math.ceil(all.length / PER_PAGE))
  const page = Math.min(asked, pages)
  return {
    shown: all.slice((page - 1) * PER_PAGE, page * PER_PAGE),
    page,
    pages,
    go: setAsked,
    reveal: (at) => setAsked(Math.floor(at / PER_PAGE) + 1),
  }
}
