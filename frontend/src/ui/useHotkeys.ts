import { useEffect, useRef } from 'react'

/** Keys as "/", "n", "Delete" or with the platform's command key "mod+z". */
export type Hotkeys = Record<string, (event: KeyboardEvent) => void>

/** Page-wide keys. Plain ones rest while something is typed; all rest while a modal dialog or a menu is open. */
export function useHotkeys(keys: Hotkeys): void {
  const current = useRef(keys)
  current.current = keys
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return
      const mod = event.ctrlKey || event.metaKey
      if (isTyping(event.target) || isCovered()) return
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
      const run = current.current[mod ? `mod+${key}` : key]
      if (!run) return
      event.preventDefault()
      run(event)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

/** True where keys write text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type)
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName)
}

function isCovered(): boolean {
  return document.querySelector('[aria-modal="true"], [role="menu"]') !== null
}
