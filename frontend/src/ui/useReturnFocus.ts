import { useCallback, useEffect, useRef } from 'react'

/**
 * Gives the focus back to what had it, if that is still there, unless something else has taken it meanwhile; the answer gives
 * it back at once.
 */
export function useReturnFocus(): () => void {
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
