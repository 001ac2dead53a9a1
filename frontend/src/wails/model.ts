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

/** AddRequest adds candidates to the current view. */
export interface AddRequest {
  ticket: string
  picks: Pick[]
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
  flags: Flag[]
  problem: string
  memberID: string
  memberName: string
  nameTaken: boolean
  checks: Check[]
  tested: boolean
  passed: boolean
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

/** Conflict is one field that two machines changed differently. Theirs is what the view holds now. */
export interface Conflict {
  id: string
  member: string
  field: string
  mine: string
  theirs: string
  when: number
}

/** Doorbell says that something changed, never what: under 200 bytes. */
export interface Doorbell {
  seq: number
  key?: string
  open?: boolean
}

/** Error is the only form in which an error reaches the page: Message says what went wrong, Hint what to do next. */
export interface Failure {
  code: Code
  member?: string
  message: string
  hint?: string
}

/** Event names a doorbell: its payload is a Doorbell and nothing else. The page subscribes first, then pulls. */
export type Event = 'session' | 'fleet' | 'import'

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

/** Import is what was found in kubeconfigs before anything is kept: parsing reads no other file, builds no client and runs nothing. It lives in memory under its ticket for 15 minutes. */
export interface Import {
  seq: number
  ticket: string
  sources: Source[]
  candidates: Candidate[]
  testing: boolean
}

/** Keychain is the state of the OS keychain. */
export interface Keychain {
  state: KeychainState
  hint: string
}

/** KeychainState is a closed set. */
export type KeychainState = 'ok' | 'waiting' | 'missing' | 'memory'

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

/** Mode is how the view lies on the primary; a closed set. */
export type Mode = '' | 'sealed' | 'open'

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
  offered: string
}

/** Settings are this machine's own; they are not part of the view. */
export interface Settings {
  theme: string
  density: string
  logLevel: string
}

/** Source is one file, paste or folder entry, with what is wrong with it. */
export interface Source {
  name: string
  folder: string
  problem: string
  notes: string[]
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

/** Undo is the last removal, for ten seconds. */
export interface Undo {
  id: string
  text: string
  until: number
}
