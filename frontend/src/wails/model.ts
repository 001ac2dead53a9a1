// Made from backend/bridge by its test; do not edit.

/** About tells versions and folders. */
export interface About {
  version: string
  go: string
  os: string
  profile: string
  folder: string
  logs: string
}

/** Access is how much of a member the person can see. */
export interface Access {
  all: boolean
  namespaces: string[]
  missing: Missing[]
}

/** ActionID names what can be done with an object. The set is closed. */
export type ActionID = 'edit' | 'delete' | 'logs' | 'scale' | 'restart' | 'suspend' | 'resume' | 'cordon' | 'uncordon'

/** AddRequest adds candidates to the current view. */
export interface AddRequest {
  ticket: string
  picks: Pick[]
}

/** AllowedProgram is one that may run, for the settings. */
export interface AllowedProgram {
  id: string
  path: string
  hash: string
  server: string
  allowedAt: number
}

/** App is one application, wherever it runs. */
export interface App {
  key: string
  name: string
  source: AppSource
  tone: Tone
  instances: AppInstance[]
  drift: AppDrift[]
}

/** AppDrift is one thing in which instances differ. */
export interface AppDrift {
  field: string
  values: DriftValue[]
}

/** AppInstance is an application in one namespace of one member. */
export interface AppInstance {
  member: string
  namespace: string
  name: string
  chart: string
  version: string
  app: string
  revision: string
  status: string
  tone: Tone
  message: string
  images: string[]
  updated: number
  ref: ObjectRef | null
  selector: string
  workloads: ObjectRef[]
  moreWorkloads: number
}

/** AppMember says what could be read in one member. */
export interface AppMember {
  id: string
  state: string
  missing: string[]
}

/** AppSource says what knows of an application. The set is closed. */
export type AppSource = 'helm' | 'operator' | 'labels' | 'argo' | 'flux'

/** Apps are the applications of all members, merged. Nothing is read for them before the person opens their page. */
export interface Apps {
  seq: number
  apps: App[]
  members: AppMember[]
  read: number
  reading: boolean
}

/** Candidate is one context, with its verdict. */
export interface Candidate {
  index: number
  source: string
  context: string
  cluster: string
  user: string
  namespace: string
  current: boolean
  name: string
  server: string
  tlsName: string
  ca: string
  authKind: string
  identity: string
  expiresAt: number
  native: string
  converted: boolean
  signIn: string
  given: boolean
  flags: Flag[]
  problem: string
  memberID: string
  memberName: string
  nameTaken: boolean
  checks: Check[]
  tested: boolean
  passed: boolean
}

/** Catalog is every kind that any member serves, with how the person keeps their tables. */
export interface Catalog {
  seq: number
  kinds: Kind[]
  favourites: string[]
  recents: string[]
  layouts: TableLayout[]
  filters: SavedFilter[]
  learning: string[]
}

/** Category is where the picker shows a kind. The set is closed. */
export type Category = 'workloads' | 'network' | 'config' | 'storage' | 'access' | 'cluster' | 'protection' | 'custom'

/** Certificate is one that the system doesn't trust; the person can, for this member. */
export interface Certificate {
  fingerprint: string
  subject: string
  issuer: string
  expiresAt: number
  isCA: boolean
  names: string[]
  problem: string
}

/** Check is one step of the test of a candidate. */
export interface Check {
  id: string
  title: string
  state: string
  detail: string
  ms: number
}

/** Choice is one answer to a Question. */
export interface Choice {
  id: string
  label: string
  danger: boolean
}

/** Code says what kind of trouble an Error is; the page chooses its wording and its actions by it. */
export type Code = 'invalid' | 'notFound' | 'conflict' | 'denied' | 'login' | 'unreachable' | 'keychain' | 'passphrase' | 'busy' | 'internal'

/** Column is one column of a table: those of all members, joined by title. */
export interface Column {
  id: string
  title: string
  type: ColumnType
  description: string
  wide: boolean
  status: boolean
  dated: boolean
}

/** ColumnType says how a column's cells are to be read and sorted. The set is closed. */
export type ColumnType = 'text' | 'number' | 'fraction' | 'quantity' | 'time'

/** Condition is one of the object's own conditions. */
export interface Condition {
  type: string
  status: string
  reason: string
  message: string
  since: number
  tone: Tone
}

/** Conflict is one field that two machines changed differently. Theirs is what the view holds now. */
export interface Conflict {
  id: string
  member: string
  field: string
  mine: string
  theirs: string
  when: number
}

/** Connector is one of Dex' choices. */
export interface Connector {
  id: string
  name: string
}

/** Count is a number of objects that are alike. */
export interface Count {
  label: string
  tone: Tone
  rows: number
  query: TableQuery
}

/** Deletion is what goes when an object is deleted. */
export interface Deletion {
  groups: RelatedGroup[]
  finalizers: string[]
  warnings: string[]
}

/** DeviceCode is what the person types in on another device. */
export interface DeviceCode {
  code: string
  url: string
  completeURL: string
  expiresAt: number
}

/** Doorbell says that something changed, never what: under 200 bytes. */
export interface Doorbell {
  seq: number
  key?: string
  open?: boolean
}

/** DriftValue is one value with the members that have it. */
export interface DriftValue {
  value: string
  members: string[]
}

/** EditClash is one field with both values, as YAML. */
export interface EditClash {
  path: string
  mine: string
  theirs: string
}

/** EditProblem is one thing that the server, or the YAML, objects to. */
export interface EditProblem {
  line: number
  path: string
  message: string
}

/** Error is the only form in which an error reaches the page: Message says what went wrong, Hint what to do next. */
export interface Failure {
  code: Code
  member?: string
  message: string
  hint?: string
}

/** Event names a doorbell: its payload is a Doorbell and nothing else. The page subscribes first, then pulls. */
export type Event = 'session' | 'fleet' | 'import' | 'lookup' | 'catalog' | 'table' | 'apps' | 'logs' | 'program'

/** Expiry is something that ends. */
export interface Expiry {
  member: string
  what: string
  at: number
}

/** Facet is one value. */
export interface Facet {
  value: string
  rows: number
  tone: Tone
}

/** Facets are the values that a filter can have, with the rows of each under the rest of the filter. */
export interface Facets {
  seq: number
  members: Facet[]
  namespaces: Facet[]
  status: Facet[]
}

/** Fact is one line of a summary. */
export interface Fact {
  title: string
  value: string
  time: number
  tone: Tone
  link: ObjectRef | null
}

/** Favourite says whether a kind is one. */
export interface Favourite {
  kind: string
  on: boolean
}

/** Filter says which rows to show. Empty fields filter nothing; the values of one field are alternatives. */
export interface Filter {
  members: string[]
  groups: string[]
  memberLabels: string[]
  namespaces: string[]
  status: string[]
  tones: Tone[]
  cells: string[]
  within: number
  labels: string
  search: string
}

/** Flag is one thing that a person should know before importing. */
export interface Flag {
  kind: string
  severity: string
  title: string
  detail: string
}

/** Fleet is every member of the view, in the view's order. */
export interface Fleet {
  seq: number
  members: Member[]
  layout: Layout
}

/** Guard is what the person allows to be done in a member. It is part of the view, and held in Go. The set is closed. */
export type Guard = '' | 'protected' | 'readOnly'

/** GuardRequest sets a member's guard. Loosening one wants the member's name typed. */
export interface GuardRequest {
  member: string
  guard: Guard
  typed: string
}

/** Import is what was found in kubeconfigs before anything is kept: parsing reads no other file, builds no client and runs nothing. It lives in memory under its ticket for 15 minutes. */
export interface Import {
  seq: number
  ticket: string
  sources: Source[]
  candidates: Candidate[]
  testing: boolean
}

/** IssuerRequest asks an issuer that the person typed, or one that is among the ways already, what it offers; it joins the look-up. */
export interface IssuerRequest {
  issuer: string
  ca: string
  trust: string
  clientID: string
}

/** Keychain is the state of the OS keychain. */
export interface Keychain {
  state: KeychainState
  hint: string
}

/** KeychainState is a closed set. */
export type KeychainState = 'ok' | 'waiting' | 'missing' | 'memory'

/** Kind is one kind of object, over all members. */
export interface Kind {
  key: string
  group: string
  resource: string
  kind: string
  namespaced: boolean
  shortNames: string[]
  category: Category
  members: number
  lacking: string[]
  verbs: string[]
}

/** KnownPrimary is one that this machine has logged in to before. */
export interface KnownPrimary {
  viewID: string
  name: string
  server: string
  identity: string
  lastLogin: number
  members: number
  current: boolean
}

/** KubeconfigForm is what "copy kubeconfig" puts on the clipboard; a closed set. */
export type KubeconfigForm = 'public' | 'secrets' | 'program'

/** Layout is how the person wants the cluster table; it is part of the view and syncs with it. */
export interface Layout {
  columns: string[]
  sort: string
  desc: boolean
  groupBy: string
}

/** LogInRequest makes a candidate the primary; Others become members once the view is there. */
export interface LogInRequest {
  ticket: string
  primary: Pick
  others: Pick[]
  offline: boolean
}

/** LogJoin adds objects to an open log. */
export interface LogJoin {
  refs: ObjectRef[]
}

/** LogLeave takes all of a member out of an open log. */
export interface LogLeave {
  member: string
}

/** LogLevel is what a line says of itself. The set is closed. */
export type LogLevel = 'unknown' | 'debug' | 'info' | 'warning' | 'error'

/** LogLine is one line, of plain text: colours and other control codes are taken out. */
export interface LogLine {
  no: number
  time: number
  source: string
  level: LogLevel
  text: string
  cut: number
}

/** LogQuery asks for lines of an open log. */
export interface LogQuery {
  search: string
  levels: LogLevel[]
  source: string
  after: number
  from: number
  around: number
  limit: number
}

/** LogRequest asks for the logs of objects: pods, or workloads with all their pods, in any members. */
export interface LogRequest {
  refs: ObjectRef[]
  container: string
  previous: boolean
  tail: number
}

/** LogSource is one container of one pod, or what is to be said of a workload itself. */
export interface LogSource {
  key: string
  member: string
  namespace: string
  pod: string
  container: string
  state: string
  why: string
  lines: number
}

/** LogWindow is what is seen of a log. */
export interface LogWindow {
  seq: number
  total: number
  dropped: number
  matched: number
  from: number
  at: number
  lines: LogLine[]
  sources: LogSource[]
}

/** Lookup is what was found at an address that the person typed. Nothing is kept, and no credential was sent. */
export interface Lookup {
  seq: number
  ticket: string
  address: string
  state: LookupState
  problem: string
  steps: Check[]
  server: string
  plain: boolean
  certificate: Certificate | null
  version: string
  distribution: string
  console: string
  suggested: string[]
  notes: string[]
  ways: Way[]
}

/** LookupState is a closed set. */
export type LookupState = 'looking' | 'found' | 'failed'

/** Member is one row: what the view says of it and what is known of the cluster. Facts stay while it is unreachable; Seen says how old they are. */
export interface Member {
  id: string
  name: string
  color: string
  group: string
  labels: Record<string, string>
  primary: boolean
  server: string
  tlsName: string
  ca: string
  authKind: string
  state: MemberState
  since: number
  cause: string
  nextTry: number
  action: string
  signIn: string
  seen: number
  proposed: Proposed | null
  distribution: string
  distributionByHand: boolean
  region: string
  version: string
  t4kState: string
  t4kVersion: string
  identity: string
  identityVerified: boolean
  latencyMS: number
  expiresAt: number
  serverCertExpires: number
  access: Access
  guard: Guard
  unlockedUntil: number
}

/** MemberEdit changes what the view says of a member; a nil field stays as it is. */
export interface MemberEdit {
  id: string
  name: string | null
  color: string | null
  group: string | null
  labels: Record<string, string> | null
  distribution: string | null
}

/** MemberState is a closed set (design: fleet); off is a member that the view has switched off. */
export type MemberState = 'off' | 'connecting' | 'ready' | 'needsCredentials' | 'needsLogin' | 'denied' | 'unreachable'

/** Missing is one thing that the person can't see, and what would change that. */
export interface Missing {
  what: string
  why: string
  rule: string
}

/** Mode is how the view lies on the primary; a closed set. */
export type Mode = '' | 'sealed' | 'open'

/** Named answers or asks for one thing by its id. */
export interface Named {
  id: string
}

/** Namesakes are where else there is an object of the same kind, namespace and name. */
export interface Namesakes {
  refs: ObjectRef[]
  unsure: Unsure[]
}

/** Object is one object, read when it was opened. Texts are cleaned and capped; the whole is in its YAML. */
export interface Object {
  ref: ObjectRef
  apiVersion: string
  kind: string
  version: string
  created: number
  deleting: number
  status: string
  tone: Tone
  summary: Fact[]
  conditions: Condition[]
  labels: Pair[]
  annotations: Pair[]
  owners: ObjectLink[]
  actions: ObjectAction[]
  hidden: string
}

/** ObjectAction is one that makes sense for the object. */
export interface ObjectAction {
  id: ActionID
  refused: string
  replicas: number
}

/** ObjectChange asks for an action on an object. */
export interface ObjectChange {
  ref: ObjectRef
  action: ActionID
  replicas: number
  orphan: boolean
  confirm: string
}

/** ObjectEdit is a person's YAML for an object. */
export interface ObjectEdit {
  ref: ObjectRef
  yaml: string
  base: string
  version: string
  confirm: string
}

/** ObjectEvent is one, counted. */
export interface ObjectEvent {
  warning: boolean
  reason: string
  message: string
  source: string
  count: number
  first: number
  last: number
}

/** ObjectEvents are what the cluster tells of an object, the newest first. */
export interface ObjectEvents {
  events: ObjectEvent[]
  why: string
}

/** ObjectLink leads to another object. */
export interface ObjectLink {
  ref: ObjectRef
  kind: string
  status: string
  tone: Tone
  gone: string
}

/** ObjectPreview is what saving an edit would do, by the server's own word. */
export interface ObjectPreview {
  before: string
  after: string
  version: string
  warnings: string[]
  problems: EditProblem[]
  clashes: EditClash[]
  merged: string
}

/** ObjectRef names one object. */
export interface ObjectRef {
  member: string
  kind: string
  namespace: string
  name: string
  uid: string
}

/** ObjectRelated are other objects that have to do with this one. */
export interface ObjectRelated {
  groups: RelatedGroup[]
}

/** ObjectText is an object as YAML, without managedFields. */
export interface ObjectText {
  yaml: string
  version: string
  refused: string
}

/** Overview is the fleet at a glance. Each number carries the query that shows its rows. */
export interface Overview {
  seq: number
  nodes: Count[]
  pods: Count[]
  workloads: Count[]
  notReady: OverviewRow[]
  warnings: Warning[]
  warningRows: number
  versions: Version[]
  certificates: Expiry[]
  parts: Part[]
}

/** OverviewRow is one object that wants attention. */
export interface OverviewRow {
  ref: ObjectRef
  kind: string
  status: string
  tone: Tone
}

/** Pair is a key with its value. */
export interface Pair {
  key: string
  value: string
  cut: boolean
}

/** Part says how complete one kind's numbers are. */
export interface Part {
  kind: string
  members: TableMember[]
}

/** Phase is where the person stands; a closed set. */
export type Phase = 'welcome' | 'connecting' | 'choose' | 'locked' | 'ready'

/** Pick is one candidate that the person wants as a member. */
export interface Pick {
  index: number
  name: string
  color: string
  group: string
  labels: Record<string, string>
}

/** Primary is the cluster that holds the current view. */
export interface Primary {
  viewID: string
  memberID: string
  name: string
  server: string
  identity: string
  identityVerified: boolean
  location: string
}

/** Program is an exec plugin that a credential wants run, with what the person has to know before allowing it. */
export interface Program {
  subject: Subject
  name: string
  id: string
  command: string
  path: string
  target: string
  hash: string
  script: string
  server: string
  args: string[]
  envNames: string[]
  warnings: string[]
  changed: string[]
  searched: string[]
  installHint: string
  allowed: boolean
  interactive: boolean
  running: boolean
  output: string[]
  problem: string
}

/** ProgramAnswer is a line for a program that talks with the person. It comes as a request body: it may be a password. */
export interface ProgramAnswer {
  subject: Subject
  line: string
}

/** Proposed is what the synced view says where it differs from what the credential was given for. */
export interface Proposed {
  server: string
  ca: string
  tlsName: string
}

/** Question stops the sync until the person has answered: the view's Secret was replaced, rolled back or isn't ours. */
export interface Question {
  id: string
  title: string
  text: string
  choices: Choice[]
}

/** RelatedGroup is one kind of relation: "Pods", "Mounted by", "Selected by". */
export interface RelatedGroup {
  title: string
  links: ObjectLink[]
  more: number
  why: string
}

/** Row is one object. */
export interface Row {
  key: string
  member: string
  namespace: string
  name: string
  created: number
  tone: Tone
  deleting: boolean
  cells: string[]
}

/** Saved says whether something was written where the person chose. */
export interface Saved {
  saved: boolean
}

/** SavedFilter is a filter under a name; part of the view, and syncs with it. */
export interface SavedFilter {
  id: string
  name: string
  kind: string
  filter: Filter
}

/** Seal is how the view and the credentials are protected on the primary. */
export interface Seal {
  mode: Mode
  carries: boolean
  locked: boolean
}

/** SealRequest chooses how the view lies on the primary. It comes as a POST body, never as a bound method's argument, for the passphrases in it. */
export interface SealRequest {
  action: string
  mode: Mode
  passphrase: string
  old: string
  carry: boolean
}

/** SearchHit is one object. */
export interface SearchHit {
  ref: ObjectRef
  kind: string
  status: string
  tone: Tone
}

/** SearchRequest asks for objects by name over all that is loaded. */
export interface SearchRequest {
  text: string
  limit: number
}

/** SearchResult is what was found, the best first. */
export interface SearchResult {
  hits: SearchHit[]
  more: boolean
  kinds: string[]
}

/** Session is who is logged in where, and how the view stands. */
export interface Session {
  seq: number
  phase: Phase
  loginStep: string
  primary: Primary | null
  sync: Sync
  seal: Seal
  known: KnownPrimary[]
  keychain: Keychain
  settings: Settings
  about: About
  undo: Undo | null
  signIns: SignIn[]
  offered: string
}

/** Settings are this machine's own; they are not part of the view. */
export interface Settings {
  theme: string
  density: string
  logLevel: string
}

/** SignIn is one session with an identity provider. All members that use the same provider in the same way share it. */
export interface SignIn {
  key: string
  issuer: string
  title: string
  connector: string
  state: SignInState
  why: string
  who: string
  expiresAt: number
  members: string[]
  memberIDs: string[]
  url: string
  code: DeviceCode | null
  device: boolean
  browser: boolean
  plain: boolean
}

/** SignInChoice is how the person wants to sign in. */
export interface SignInChoice {
  device: boolean
}

/** SignInState is a closed set. */
export type SignInState = 'needed' | 'starting' | 'browser' | 'device' | 'ok' | 'refreshing' | 'failed'

/** Source is one file, paste or folder entry, with what is wrong with it. */
export interface Source {
  name: string
  folder: string
  problem: string
  notes: string[]
}

/** Subject is what a sign-in or a program is for: a member, or a candidate of an import. */
export interface Subject {
  memberID: string
  ticket: string
  index: number
}

/** Sync is the state shown in the header. */
export interface Sync {
  state: SyncState
  since: number
  why: string
  conflicts: Conflict[]
  question: Question | null
}

/** SyncState is how the view on this machine stands to the one on the primary; a closed set. */
export type SyncState = 'synced' | 'saving' | 'local' | 'conflict' | 'asking'

/** TableLayout is how the person wants the table of one kind; part of the view, and syncs with it. */
export interface TableLayout {
  kind: string
  columns: string[]
  widths: Record<string, number>
  sort: string
  desc: boolean
}

/** TableMember is what one member gives to a table. */
export interface TableMember {
  id: string
  state: TableState
  rows: number
  fresh: number
  why: string
  hidden: string[]
}

/** TableQuery asks for a window of the merged table of one kind. */
export interface TableQuery {
  kind: string
  filter: Filter
  sort: string
  desc: boolean
  offset: number
  limit: number
  anchor: string
}

/** TableRefresh asks for a kind's rows anew. */
export interface TableRefresh {
  kind: string
  members: string[]
}

/** TableState says how far one member's rows can be trusted. The set is closed. */
export type TableState = 'waiting' | 'listing' | 'live' | 'partial' | 'stale' | 'denied' | 'missing' | 'failed' | 'full'

/** TableWindow is what is seen of a table. */
export interface TableWindow {
  seq: number
  kind: string
  columns: Column[]
  total: number
  matched: number
  offset: number
  rows: Row[]
  anchor: number
  members: TableMember[]
  problem: string
}

/** Tone says how a state is to be taken. The set is closed. */
export type Tone = 'none' | 'good' | 'busy' | 'warning' | 'bad'

/** Undo is the last removal, for ten seconds. */
export interface Undo {
  id: string
  text: string
  until: number
}

/** UnlockRequest unlocks a protected member for a time. */
export interface UnlockRequest {
  member: string
  typed: string
  minutes: number
}

/** Unsure is a member that can't tell something, and why, in words. */
export interface Unsure {
  member: string
  why: string
}

/** Version is one of Kubernetes that is in use. */
export interface Version {
  version: string
  members: string[]
}

/** Warning is an event told in several members or more than once. */
export interface Warning {
  reason: string
  message: string
  rows: number
  members: string[]
  last: number
  query: TableQuery
}

/** Way is one way to sign in to what was found. */
export interface Way {
  id: string
  kind: WayKind
  title: string
  from: string
  issuer: string
  clientID: string
  scopes: string[]
  dex: boolean
  connectors: Connector[]
  device: boolean
  warning: string
  problem: string
  certificate: Certificate | null
}

/** WayKind is a closed set. */
export type WayKind = 'oidc' | 'openshift' | 'token' | 'kubeconfig'

/** WayRequest makes an import with one candidate out of a way. It comes as a request body: there may be secrets in it. */
export interface WayRequest {
  way: string
  trust: string
  trustIssuer: string
  tlsName: string
  name: string
  clientID: string
  clientSecret: string
  scopes: string[]
  params: Record<string, string>
  audience: string
  connector: string
  nameClaim: string
  redirects: number[]
  redirectHost: string
  device: boolean
  token: string
}
