import type { Settings } from '../wails/model'

type Looks = Pick<Settings, 'theme' | 'density'>

export function darkDesktop(): MediaQueryList {
  return window.matchMedia('(prefers-color-scheme: dark)')
}

/** Puts <html> into the chosen theme and density; "system" is the desktop's theme. */
export function dress({ theme, density }: Looks): void {
  const html = document.documentElement
  html.classList.toggle('pf-v6-theme-dark', theme === 'dark' || (theme !== 'light' && darkDesktop().matches))
  html.dataset.density = density === 'compact' ? 'compact' : 'comfortable'
}
