import { useEffect, useState } from 'react'

/** The palette opens and closes by Ctrl-K, or Command-K, wherever the person is; not over a dialog, which it would hide. */
export function usePalette(): { open: boolean; show: () => void; close: () => void } {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      setOpen((now) => !now && document.querySelector('[aria-modal="true"]') === null)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return { open, show: () => setOpen(true), close: () => setOpen(false) }
}

/** The keys' name on this machine. */
export const PALETTE_KEYS = /Mac/.test(navigator.platform) ? '⌘K' : 'Ctrl K'
