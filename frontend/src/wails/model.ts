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

/** Error is the only form in which an error reaches the page: Message says what went wrong, Hint what to do next. */
export interface Failure {
  code: Code
  member?: string
  message: string
  hint?: string
}

/** Event names a doorbell: its payload is a Doorbell and nothing else. The page subscribes first, then pulls. */
export type Event = 'session' | 'fleet' | 'import' | 'lookup' | 'program'

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

/** Undo is the last removal, for ten seconds. */
export interface Undo {
  id: string
  text: string
  until: number
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
