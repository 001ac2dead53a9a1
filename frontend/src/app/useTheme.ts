import { useEffect } from 'react'
import type { Settings } from '../wails/model'
import { darkDesktop, dress } from './theme'

/** Keeps <html> in the chosen theme and density; "system" follows the desktop live. */
export function useTheme({ theme, density }: Settings): void {
  useEffect(() => {
    const apply = () => dress({ theme, density })
    apply()
    const dark = darkDesktop()
    dark.addEventListener('change', apply)
    return () => dark.removeEventListener('change', apply)
  }, [theme, density])
}
