import { distribution } from '../../lib/distributions'
import { labelTexts } from '../../lib/labels'
import { STATES } from '../../lib/states'
import type { Member } from '../../wails/model'
import { soonest } from './expiry'

export const COLUMN_IDS = [
  'name',
  'state',
  'distribution',
  'version',
  't4k',
  'identity',
  'latency',
  'expires',
  'auth',
  'server',
  'region',
  'group',
  'labels',
] as const
export type ColumnID = (typeof COLUMN_IDS)[number]

export interface Column {
  title: string
  /** Least width, px; wider tables share what is left by it. */
  width: number
  /** What it sorts by; null (unknown) comes last in both directions. */
  sortBy: (m: Member) => string | number | null
}

const text = (value: string) => (value === '' ? null : value)
const positive = (value: number) => (value > 0 ? value : null)

export const COLUMNS: Record<ColumnID, Column> = {
  name: { title: 'Name', width: 216, sortBy: (m) => m.name },
  state: { title: 'State', width: 212, sortBy: (m) => STATES.indexOf(m.state) },
  distribution: { title: 'Distribution', width: 140, sortBy: (m) => distribution(m.distribution)?.name ?? null },
  version: { title: 'Kubernetes', width: 120, sortBy: (m) => text(m.version) },
  t4k: { title: 'T4K', width: 96, sortBy: (m) => text(m.t4kVersion) ?? (m.t4kState === 'installed' ? '0' : null) },
  identity: { title: 'Identity', width: 108, sortBy: (m) => text(m.identity) },
  latency: { title: 'Latency', width: 76, sortBy: (m) => (m.latencyMS < 0 ? null : m.latencyMS) },
  expires: { title: 'Expires', width: 96, sortBy: (m) => positive(soonest(m)?.at ?? 0) },
  auth: { title: 'Authentication', width: 136, sortBy: (m) => text(m.authKind) },
  server: { title: 'Server', width: 240, sortBy: (m) => text(m.server) },
  region: { title: 'Region', width: 112, sortBy: (m) => text(m.region) },
  group: { title: 'Group', width: 112, sortBy: (m) => text(m.group) },
  labels: { title: 'Labels', width: 220, sortBy: (m) => text(labelTexts(m.labels).join(',')) },
}

export const DEFAULT_COLUMNS: readonly ColumnID[] = [
  'name',
  'state',
  'distribution',
  'version',
  't4k',
  'identity',
  'latency',
  'expires',
]

export function isColumn(id: string): id is ColumnID {
  return COLUMN_IDS.some((known) => known === id)
}
