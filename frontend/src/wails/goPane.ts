import { json, post } from './door'
import type { AppsBackend, GuardsBackend, LogsBackend, ObjectsBackend, PaneBackend } from './pane'

// The pane's commands go the way of its data: many carry YAML or a person's filter, which bound methods would keep for good.
const told = async (path: string, body: unknown = {}) => void (await post(path, body))
const answered = async (path: string, body: unknown) => (await json<{ id: string }>(path, body)).id

export const goPane: PaneBackend = {
  catalog: () => json('/api/catalog'),
  window: (query) => json('/api/table', query),
  facets: (query) => json('/api/table/facets', query),
  overview: () => json('/api/overview'),
  search: (request) => json('/api/search', request),
  saveTableLayout: (layout) => told('/api/table/layout', layout),
  saveFilter: (filter) => answered('/api/filters', filter),
  removeFilter: (id) => told('/api/filters/remove', { id }),
  setFavourite: (kind, on) => told('/api/favourites', { kind, on }),
  refreshTable: (kind, members) => told('/api/table/refresh', { kind, members }),
}

export const goObjects: ObjectsBackend = {
  open: (ref) => json('/api/object', ref),
  events: (ref) => json('/api/object/events', ref),
  related: (ref) => json('/api/object/related', ref),
  namesakes: (ref) => json('/api/object/namesakes', ref),
  text: (ref) => json('/api/object/text', ref),
  schema: (ref) => json('/api/object/schema', ref),
  preview: (edit) => json('/api/object/preview', edit),
  save: (edit) => json('/api/object/save', edit),
  deletion: (ref) => json('/api/object/deletion', ref),
  change: (change) => told('/api/object/change', change),
}

const log = (id: string, what = '') => `/api/logs/${encodeURIComponent(id)}${what}`

export const goLogs: LogsBackend = {
  open: (request) => answered('/api/logs', request),
  window: (id, query) => json(log(id), query),
  download: async (id, query) => (await json<{ saved: boolean }>(log(id, '/download'), query)).saved,
  join: (id, refs) => told(log(id, '/join'), { refs }),
  leave: (id, member) => told(log(id, '/leave'), { member }),
  close: (id) => told(log(id, '/close')),
}

export const goApps: AppsBackend = {
  apps: () => json('/api/apps'),
  refresh: () => told('/api/apps/refresh'),
}

export const goGuards: GuardsBackend = {
  setGuard: (request) => told('/api/guard', request),
  unlock: (request) => told('/api/guard/unlock', request),
  lock: (memberID) => told('/api/guard/lock', { id: memberID }),
}
