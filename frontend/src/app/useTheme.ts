import { useEffect } from 'react'
import type { Settings } from '../wails/model'

/** Keeps <html> in the chosen theme and density; "system" follows the desktop live. */
export function useTheme({ theme, density }: Settings): void {
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)')
    const apply = () => {
      const on = theme === 'dark' || (theme !== 'light' && dark.matches)
      document.documentElement.classList.toggle('pf-v6-theme-dark', on)
    }
    apply()
    dark.addEventListener('change', apply)
    return () => dark.removeEventListener('change', apply)
  }, [theme])
  useEffect(() => {
    document.documentElement.dataset.density = density === 'compact' ? 'compact' : 'comfortable'
  }, [density])
}
