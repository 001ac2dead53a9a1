// What the page can ask of the merged pane: kinds, tables, objects, logs, applications, and the guards around changes.
import type {
  Apps,
  Catalog,
  Object as ClusterObject,
  Deletion,
  Facets,
  GuardRequest,
  LogQuery,
  LogRequest,
  LogWindow,
  Namesakes,
  ObjectChange,
  ObjectEdit,
  ObjectEvents,
  ObjectPreview,
  ObjectRef,
  ObjectRelated,
  ObjectText,
  Overview,
  SavedFilter,
  SearchRequest,
  SearchResult,
  TableLayout,
  TableQuery,
  TableWindow,
  UnlockRequest,
} from './model'

/** Tables of one kind over all members. Asking for a window opens the table; it stays live while somebody asks or holds it. */
export interface PaneBackend {
  catalog(): Promise<Catalog>
  /** 'table' rings with the kind's key when there is news. */
  window(query: TableQuery): Promise<TableWindow>
  facets(query: TableQuery): Promise<Facets>
  overview(): Promise<Overview>
  search(request: SearchRequest): Promise<SearchResult>
  saveTableLayout(layout: TableLayout): Promise<void>
  /** Answers the filter's id. */
  saveFilter(filter: SavedFilter): Promise<string>
  removeFilter(id: string): Promise<void>
  setFavourite(kind: string, on: boolean): Promise<void>
  /** Lists a kind's rows anew in these members, or in all: for "try again". */
  refreshTable(kind: string, members: string[]): Promise<void>
}

/** One object of one member. */
export interface ObjectsBackend {
  open(ref: ObjectRef): Promise<ClusterObject>
  events(ref: ObjectRef): Promise<ObjectEvents>
  related(ref: ObjectRef): Promise<ObjectRelated>
  text(ref: ObjectRef): Promise<ObjectText>
  /** In which other members there is an object of the same kind, namespace and name; it asks those whose rows don't tell. */
  namesakes(ref: ObjectRef): Promise<Namesakes>
  /** The kind's JSON schema as that member serves it, for completion; null when it has none. */
  schema(ref: ObjectRef): Promise<unknown>
  /** Asks the server what saving would do; changes nothing. */
  preview(edit: ObjectEdit): Promise<ObjectPreview>
  /** Answers what is kept then. Rejects with 'conflict' when somebody was faster: preview again. */
  save(edit: ObjectEdit): Promise<ObjectText>
  deletion(ref: ObjectRef): Promise<Deletion>
  change(change: ObjectChange): Promise<void>
}

export interface LogsBackend {
  /** Answers the log's id; 'logs' rings with it. Close what is open. */
  open(request: LogRequest): Promise<string>
  window(id: string, query: LogQuery): Promise<LogWindow>
  /** Adds objects to an open log. */
  join(id: string, refs: ObjectRef[]): Promise<void>
  /** Takes all of a member out of an open log. */
  leave(id: string, member: string): Promise<void>
  /** Asks where, and writes all kept lines that match there; answers false when the person cancelled. */
  download(id: string, query: LogQuery): Promise<boolean>
  close(id: string): Promise<void>
}

export interface AppsBackend {
  /** The first call begins the reading; 'apps' rings. */
  apps(): Promise<Apps>
  refresh(): Promise<void>
}

export interface GuardsBackend {
  setGuard(request: GuardRequest): Promise<void>
  unlock(request: UnlockRequest): Promise<void>
  lock(memberID: string): Promise<void>
}
