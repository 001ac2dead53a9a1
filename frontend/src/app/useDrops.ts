import { useEffect, useState } from 'react'

/** What a drag brings when it brings files: the standard's word, and WebKitGTK's. */
const fileTypes = ['Files', 'text/uri-list']

/**
 * Keeps a dropped file from replacing the page, and says whether files are over the window. The files themselves go to
 * Go, which reads them and rings.
 */
export function useDrops(): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    let own = false // a link or a picture of the page itself
    let depth = 0 // elements entered and not left
    const end = () => {
      own = false
      depth = 0
      setOver(false)
    }
    const handlers: Partial<Record<keyof WindowEventMap, (event: DragEvent) => void>> = {
      dragstart: () => {
        own = true
      },
      dragenter: (event) => {
        depth++
        if (!own && fileTypes.some((type) => event.dataTransfer?.types.includes(type))) setOver(true)
      },
      dragover: (event) => event.preventDefault(),
      dragleave: () => {
        if (--depth <= 0) end()
      },
      dragend: end,
      drop: (event) => {
        event.preventDefault()
        end()
      },
      // A drag that was given up, or that Go took over, ends without a word; the mouse moves freely only after it.
      pointermove: end,
    }
    for (const [name, handle] of Object.entries(handlers)) window.addEventListener(name, handle as EventListener)
    return () => {
      for (const [name, handle] of Object.entries(handlers)) window.removeEventListener(name, handle as EventListener)
    }
  }, [])
  return over
}
