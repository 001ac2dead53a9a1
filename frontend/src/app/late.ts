// What the first table doesn't need is loaded when it is asked for: a webview parses what it is given before it paints.
import { lazy } from 'react'

export const AddClusters = lazy(() =>
  import('../features/wizard/AddClusters').then((m) => ({ default: m.AddClusters })),
)
export const ReplaceCredentials = lazy(() =>
  import('../features/wizard/ReplaceCredentials').then((m) => ({ default: m.ReplaceCredentials })),
)
export const SettingsPage = lazy(() =>
  import('../features/settings/SettingsPage').then((m) => ({ default: m.SettingsPage })),
)
export const SyncPanel = lazy(() => import('../features/sync/SyncPanel').then((m) => ({ default: m.SyncPanel })))
export const SealSettings = lazy(() =>
  import('../features/seal/SealSettings').then((m) => ({ default: m.SealSettings })),
)
export const Welcome = lazy(() => import('../features/welcome/Welcome').then((m) => ({ default: m.Welcome })))
export const ProgramDialog = lazy(() =>
  import('../features/program/ProgramDialog').then((m) => ({ default: m.ProgramDialog })),
)
export const SignInPanel = lazy(() =>
  import('../features/signin/SignInPanel').then((m) => ({ default: m.SignInPanel })),
)
