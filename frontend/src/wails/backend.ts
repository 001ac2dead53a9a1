// The one door to Go. Features get a Backend by context and never import the generated bindings.
import type {
  AddRequest,
  AllowedProgram,
  Event,
  Fleet,
  Import,
  IssuerRequest,
  KubeconfigForm,
  Layout,
  LogInRequest,
  Lookup,
  MemberEdit,
  Program,
  SealRequest,
  Session,
  Settings,
  SignInChoice,
  Subject,
  WayRequest,
} from './model'
import type { AppsBackend, GuardsBackend, LogsBackend, ObjectsBackend, PaneBackend } from './pane'

/** What the page can ask of Go. A promise rejects with a Failure (model.ts), never with anything else. */
export interface Backend {
  /** Rings for every doorbell of that kind; the returned function stops it. Subscribe first, then pull. */
  on(event: Event, ring: (bell: { seq: number; key?: string; open?: boolean }) => void): () => void

  /** What came with the page, to show before anything is asked; null when Go had nothing to tell yet. */
  first(): { session: Session; fleet: Fleet } | null
  /** Says that the person sees something: Go now contacts the clusters, and rings for what changed since first(). */
  painted(): Promise<void>

  session(): Promise<Session>
  fleet(): Promise<Fleet>
  import(ticket: string): Promise<Import>
  /** Text to show and copy; redacted. */
  memberDiagnostics(memberID: string): Promise<string>

  // Import: each answers a ticket, or '' when the person cancelled the dialog.
  pickFiles(): Promise<string>
  pickFolder(): Promise<string>
  importDefaults(): Promise<string>
  /** Sent as a request body, for there are secrets in it. */
  importText(text: string): Promise<string>
  cancelImport(ticket: string): Promise<void>
  /** Starts the test of these candidates; 'import' rings as results arrive. */
  testCandidates(ticket: string, indexes: number[]): Promise<void>
  /** Signs in natively instead of running the program that the kubeconfig names, or goes back to that. */
  convertCandidate(ticket: string, index: number, native: boolean): Promise<void>

  // Add by address: answers the look-up's ticket; 'lookup' rings as it goes on.
  lookUp(address: string): Promise<string>
  lookup(ticket: string): Promise<Lookup>
  /** Adds the ways of an issuer that the person typed. */
  lookUpIssuer(ticket: string, request: IssuerRequest): Promise<void>
  /** Answers the ticket of an import with one candidate; sent as a request body, for there may be secrets in it. */
  useWay(ticket: string, request: WayRequest): Promise<string>
  cancelLookup(ticket: string): Promise<void>

  /** Begins or joins the one sign-in of that provider; the session says how it goes. */
  startSignIn(subject: Subject, choice: SignInChoice): Promise<void>
  cancelSignIn(key: string): Promise<void>
  signOut(key: string): Promise<void>

  program(subject: Subject): Promise<Program>
  /** Allows exactly what was shown: the id says what that was. */
  allowProgram(subject: Subject, id: string): Promise<void>
  /** Runs an allowed program that wants to talk to the person; 'program' rings as it speaks. */
  runProgram(subject: Subject): Promise<void>
  stopProgram(subject: Subject): Promise<void>
  /** A line for the program; sent as a request body, for it may be a password. */
  answerProgram(subject: Subject, line: string): Promise<void>
  allowedPrograms(): Promise<AllowedProgram[]>
  disallowProgram(id: string): Promise<void>

  logIn(request: LogInRequest): Promise<void>
  logInKnown(viewID: string): Promise<void>
  cancelLogin(): Promise<void>
  logOut(forgetSecrets: boolean): Promise<void>
  /** Drops what this machine knows of a primary (view copy and secrets); not the one that is logged in. */
  forgetPrimary(viewID: string): Promise<void>
  makePrimary(memberID: string): Promise<void>
  /** Copies the current view to another member's view; sealed there with the same passphrase mode of that view. */
  copyViewTo(memberID: string): Promise<void>
  /** choose, unlock, passphrase, mode, carry: sent as a request body, for the passphrases in it. */
  seal(request: SealRequest): Promise<void>
  /** Says whether somebody looks at the window: the view is followed closely only then. */
  attend(active: boolean): Promise<void>
  syncNow(): Promise<void>
  /** Names a namespace of the primary where the person may keep Secrets. */
  saveIn(namespace: string): Promise<void>
  settle(conflictID: string, keep: 'mine' | 'theirs'): Promise<void>
  answer(questionID: string, choiceID: string): Promise<void>

  addMembers(request: AddRequest): Promise<void>
  editMember(edit: MemberEdit): Promise<void>
  /** Moves a member to just before another one; '' is the end. */
  moveMember(memberID: string, beforeID: string): Promise<void>
  replaceCredentials(memberID: string, ticket: string, index: number): Promise<void>
  /** Takes the server and CA that the synced view proposes, or keeps what is here. */
  settleProposed(memberID: string, accept: boolean): Promise<void>
  switchMembers(memberIDs: string[], off: boolean): Promise<void>
  /** The entry goes now; the secret, if asked, after the ten seconds in which undo() brings both back. */
  removeMembers(memberIDs: string[], forgetSecrets: boolean): Promise<void>
  /** The secrets go after ten seconds; the entries stay and need credentials. */
  forgetCredentials(memberIDs: string[]): Promise<void>
  undo(undoID: string): Promise<void>
  retry(memberIDs: string[]): Promise<void>
  /** Go writes the clipboard itself; no kubeconfig crosses into the page. */
  copyKubeconfig(memberID: string, form: KubeconfigForm): Promise<void>
  saveLayout(layout: Layout): Promise<void>

  saveSettings(settings: Settings): Promise<void>
  openFolder(which: 'data' | 'logs'): Promise<void>
  copyDiagnostics(): Promise<void>
  retryKeychain(): Promise<void>
  useMemoryOnly(): Promise<void>

  pane: PaneBackend
  objects: ObjectsBackend
  logs: LogsBackend
  apps: AppsBackend
  guards: GuardsBackend
}
