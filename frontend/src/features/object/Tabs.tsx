import { type KeyboardEvent, useRef } from 'react'
import css from './Tabs.module.css'

interface Props<ID extends string> {
  label: string
  /** Prefix of the ids of tabs and panels. */
  id: string
  tabs: readonly [id: ID, title: string][]
  selected: ID
  onSelect: (id: ID) => void
}

/** Tabs in PatternFly's look with the keys of the ARIA pattern: arrows, Home and End choose. */
export function Tabs<ID extends string>({ label, id, tabs, selected, onSelect }: Props<ID>) {
  const list = useRef<HTMLDivElement>(null)
  const onKey = (event: KeyboardEvent) => {
    const at = tabs.findIndex(([one]) => one === selected)
    const next = target(event.key, at, tabs.length)
    const goal = next === null ? undefined : tabs[next]
    if (!goal) return
    event.preventDefault()
    onSelect(goal[0])
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next ?? 0]?.focus()
  }
  return (
    <div ref={list} role="tablist" aria-label={label} className={css.tabs} onKeyDown={onKey}>
      {tabs.map(([one, title]) => (
        <button
          key={one}
          type="button"
          role="tab"
          id={`${id}-tab-${one}`}
          aria-selected={one === selected}
          aria-controls={`${id}-panel-${one}`}
          tabIndex={one === selected ? 0 : -1}
          className={css.tab}
          onClick={() => onSelect(one)}
        >
          {title}
        </button>
      ))}
    </div>
  )
}

function target(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count
    case 'ArrowLeft':
      return (at - 1 + count) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
