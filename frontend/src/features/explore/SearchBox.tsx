import { type RefObject, useEffect, useRef, useState } from 'react'
import css from './Toolbar.module.css'

interface Props {
  value: string
  label: string
  box: RefObject<HTMLInputElement | null>
  onSearch: (text: string) => void
  /** Escape in an empty box. */
  onEscape: () => void
}

/** A person types faster than rows are worth finding, ms. */
const REST = 120

/** The search over rows: what is typed shows at once and is searched for when the fingers rest. */
export function SearchBox({ value, label, box, onSearch, onEscape }: Props) {
  const [text, setText] = useState(value)
  const [seen, setSeen] = useState(value)
  const sent = useRef(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const now = useRef(onSearch)
  now.current = onSearch // what else filters may change while the fingers rest
  if (value !== seen) {
    setSeen(value)
    // What was sent from here comes back while more may have been typed.
    if (value !== sent.current) setText(value)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  const search = (next: string, after: number) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      sent.current = next
      now.current(next)
    }, after)
  }
  return (
    <input
      ref={box}
      type="search"
      className={css.search}
      aria-label={label}
      aria-keyshortcuts="/"
      placeholder="Search rows"
      value={text}
      onChange={(event) => search(event.target.value, REST)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        if (text === '') onEscape()
        else search('', 0)
      }}
    />
  )
}
