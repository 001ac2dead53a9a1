import { useEffect } from 'react'
import { useBackend } from '../wails/context'

/** Tells Go whether somebody can see the window: what happens elsewhere is followed closely only then. */
export function useAttention(): void {
  const backend = useBackend()
  useEffect(() => {
    const tell = () => {
      backend.attend(document.visibilityState === 'visible').catch(() => undefined) // the view was just closed
    }
    tell()
    document.addEventListener('visibilitychange', tell)
    return () => document.removeEventListener('visibilitychange', tell)
  }, [backend])
}
