import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react'

const AnnounceContext = createContext<(text: string) => void>(() => undefined)

/** Holds the page's one polite live region. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [text, setText] = useState('')
  const last = useRef('')
  const announce = useCallback((next: string) => {
    // The same words twice are read again only when the text differs.
    last.current = next === last.current ? `${next}\u00a0` : next
    setText(last.current)
  }, [])
  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      <div role="status" aria-live="polite" className="visually-hidden">
        {text}
      </div>
    </AnnounceContext.Provider>
  )
}

/** Says something to screen readers only. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext)
}
