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
export const ExplorePage = lazy(() =>
  import('../features/explore/ExplorePage').then((m) => ({ default: m.ExplorePage })),
)
export const ObjectDrawer = lazy(() =>
  import('../features/object/ObjectDrawer').then((m) => ({ default: m.ObjectDrawer })),
)
export const OverviewPage = lazy(() =>
  import('../features/overview/OverviewPage').then((m) => ({ default: m.OverviewPage })),
)
export const LogsDock = lazy(() => import('../features/logs/LogsDock').then((m) => ({ default: m.LogsDock })))
export const AppsPage = lazy(() => import('../features/apps/AppsPage').then((m) => ({ default: m.AppsPage })))
export const Palette = lazy(() => import('../features/palette/Palette').then((m) => ({ default: m.Palette })))
