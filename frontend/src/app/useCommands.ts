import { useMemo } from 'react'
import type { PaletteAction } from '../features/palette/actions'
import { useAct } from '../ui/act'
import { useBackend, useSession } from '../wails/context'
import type { Panel } from './Masthead'

interface Doors {
  onAdd: () => void
  onPanel: (panel: Panel) => void
}

const THEMES = [
  ['system', 'Follow the system’s theme'],
  ['light', 'Light theme'],
  ['dark', 'Dark theme'],
] as const

const DENSITIES = [
  ['comfortable', 'Comfortable rows'],
  ['compact', 'Compact rows'],
] as const

/** What the palette can do from anywhere. */
export function useCommands({ onAdd, onPanel }: Doors): readonly PaletteAction[] {
  const backend = useBackend()
  const act = useAct()
  const settings = useSession((s) => s.settings)
  return useMemo(
    () => [
      { id: 'add', title: 'Add clusters…', keywords: 'import kubeconfig connect', run: onAdd },
      {
        id: 'retry',
        title: 'Try all clusters now',
        keywords: 'reconnect refresh',
        run: () => act(() => backend.retry([])),
      },
      { id: 'sync', title: 'Save and load the view now', keywords: 'sync', run: () => act(() => backend.syncNow()) },
      {
        id: 'syncPanel',
        title: 'Show how the view stands',
        keywords: 'sync conflicts primary',
        run: () => onPanel('sync'),
      },
      { id: 'signIns', title: 'Show sign-ins', keywords: 'login session oidc', run: () => onPanel('signIns') },
      {
        id: 'diagnostics',
        title: 'Copy diagnostics',
        keywords: 'support report',
        run: () => act(() => backend.copyDiagnostics(), 'Copied the diagnostics'),
      },
      ...THEMES.map(([theme, title]) => ({
        id: `theme-${theme}`,
        title,
        group: 'Settings',
        ...(settings.theme === theme ? { refused: 'It is chosen.' } : {}),
        run: () => act(() => backend.saveSettings({ ...settings, theme })),
      })),
      ...DENSITIES.map(([density, title]) => ({
        id: `density-${density}`,
        title,
        group: 'Settings',
        ...(settings.density === density ? { refused: 'It is chosen.' } : {}),
        run: () => act(() => backend.saveSettings({ ...settings, density })),
      })),
    ],
    [act, backend, onAdd, onPanel, settings],
  )
}
