import type { KeyboardEvent } from 'react'

/** What the arrows go through in the picker: parts and kinds, without the stars. */
export function focusables(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('button:not([aria-pressed])') ?? [])]
}

/** Up and down go over all that is open; right opens a part or goes to the star, left goes back. */
export function movePicker(event: KeyboardEvent, list: HTMLElement | null, search: HTMLElement | null): void {
  const { target, key } = event
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return
  const to = destination(key, target, focusables(list), search)
  if (!to) return
  event.preventDefault()
  if (to === target)
    target.click() // a part opens or closes
  else to.focus()
}

function destination(key: string, target: HTMLElement, all: HTMLElement[], search: HTMLElement | null) {
  const row = target.closest('li')
  const own = row?.querySelector<HTMLElement>('button') ?? target
  const at = all.indexOf(own)
  const expanded = target.getAttribute('aria-expanded')
  switch (key) {
    case 'ArrowDown':
      return all[Math.min(at + 1, all.length - 1)]
    case 'ArrowUp':
      return at === 0 ? search : all[at - 1]
    case 'Home':
      return all[0]
    case 'End':
      return all.at(-1)
    case 'ArrowRight':
      return expanded === 'false' ? target : row?.querySelector<HTMLElement>('[aria-pressed]')
    case 'ArrowLeft':
      if (expanded === 'true') return target
      return own === target ? target.closest('section')?.querySelector<HTMLElement>('button') : own
    default:
      return null
  }
}
