import { useCallback, useEffect, useRef } from 'react'

/** Gives the focus back to what had it, unless something else has taken it meanwhile (a page or a drawer that was chosen). */
export function useFocusBack(): () => void {
  const before = useRef(document.activeElement)
  const giveBack = useCallback(() => {
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus()
  }, [])
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (document.activeElement === document.body || document.activeElement === null) giveBack()
      })
    },
    [giveBack],
  )
  return giveBack
}
