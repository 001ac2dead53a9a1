import { useCallback, useEffect, useRef } from 'react'

/** Gives the focus back to what had it, if that is still there; the answer does so at once. */
export function useReturnFocus(): () => void {
  const before = useRef(document.activeElement)
  const giveBack = useCallback(() => {
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus()
  }, [])
  useEffect(() => () => void requestAnimationFrame(giveBack), [giveBack])
  return giveBack
}
