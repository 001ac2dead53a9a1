import type { Backend } from './backend'
import { call, json, post, request } from './door'
import { goApps, goGuards, goLogs, goObjects, goPane } from './goPane'
import type { Doorbell, Event, Fleet, Import, Lookup, Program, Session } from './model'

declare global {
  interface Window {
    runtime?: {
      EventsOn(name: string, ring: (bell: Doorbell) => void): () => void
      ClipboardSetText(text: string): Promise<boolean>
    }
  }
}

let first: ReturnType<Backend['first']> = null

/** The only implementation of Backend in the product: bound methods for commands, same-origin requests for data. */
export const goBackend: Backend = {
  on: (event: Event, ring) => window.runtime?.EventsOn(event, ring) ?? (() => undefined),

  first: () => {
    first ??= JSON.parse(document.getElementById('first')?.textContent || 'null')
    return first
  },
  painted: async () => void (await request('/api/painted', { method: 'POST' })),

  session: () => json<Session>('/api/session'),
  fleet: () => json<Fleet>('/api/fleet'),
  import: (ticket) => json<Import>(`/api/import/${encodeURIComponent(ticket)}`),
  memberDiagnostics: async (id) => (await request(`/api/members/${encodeURIComponent(id)}/diagnostics`)).text(),

  pickFiles: () => call('PickFiles'),
  pickFolder: () => call('PickFolder'),
  importDefaults: () => call('ImportDefaults'),
  importText: async (text) => {
    const response = await request('/api/import', { method: 'POST', body: text })
    return ((await response.json()) as { ticket: string }).ticket
  },
  cancelImport: (ticket) => call('CancelImport', ticket),
  testCandidates: (ticket, indexes) => call('TestCandidates', ticket, indexes),
  convertCandidate: (ticket, index, native) => call('ConvertCandidate', ticket, index, native),

  lookUp: (address) => call('LookUp', address),
  lookup: (ticket) => json<Lookup>(`/api/lookup/${encodeURIComponent(ticket)}`),
  lookUpIssuer: async (ticket, asked) => {
    await post(`/api/lookup/${encodeURIComponent(ticket)}/issuer`, asked)
  },
  useWay: async (ticket, asked) => {
    const response = await post(`/api/lookup/${encodeURIComponent(ticket)}/way`, asked)
    return ((await response.json()) as { ticket: string }).ticket
  },
  cancelLookup: (ticket) => call('CancelLookup', ticket),

  startSignIn: (subject, choice) => call('StartSignIn', subject, choice),
  cancelSignIn: (key) => call('CancelSignIn', key),
  signOut: (key) => call('SignOut', key),

  program: async (subject) => (await post('/api/program', subject)).json() as Promise<Program>,
  allowProgram: (subject, id) => call('AllowProgram', subject, id),
  runProgram: (subject) => call('RunProgram', subject),
  stopProgram: (subject) => call('StopProgram', subject),
  answerProgram: async (subject, line) => {
    await post('/api/program/answer', { subject, line })
  },
  allowedPrograms: () => call('AllowedPrograms'),
  disallowProgram: (id) => call('DisallowProgram', id),

  logIn: (asked) => call('LogIn', asked),
  logInKnown: (viewID) => call('LogInKnown', viewID),
  cancelLogin: () => call('CancelLogin'),
  logOut: (forgetSecrets) => call('LogOut', forgetSecrets),
  forgetPrimary: (viewID) => call('ForgetPrimary', viewID),
  makePrimary: (memberID) => call('MakePrimary', memberID),
  copyViewTo: (memberID) => call('CopyViewTo', memberID),
  seal: async (asked) => {
    await post('/api/seal', asked)
  },
  attend: (active) => call('Attend', active),
  syncNow: () => call('SyncNow'),
  saveIn: (namespace) => call('SaveIn', namespace),
  settle: (conflictID, keep) => call('Settle', conflictID, keep),
  answer: (questionID, choiceID) => call('Answer', questionID, choiceID),

  addMembers: (asked) => call('AddMembers', asked),
  editMember: (edit) => call('EditMember', edit),
  moveMember: (memberID, beforeID) => call('MoveMember', memberID, beforeID),
  replaceCredentials: (memberID, ticket, index) => call('ReplaceCredentials', memberID, ticket, index),
  settleProposed: (memberID, accept) => call('SettleProposed', memberID, accept),
  switchMembers: (memberIDs, off) => call('SwitchMembers', memberIDs, off),
  removeMembers: (memberIDs, forgetSecrets) => call('RemoveMembers', memberIDs, forgetSecrets),
  forgetCredentials: (memberIDs) => call('ForgetCredentials', memberIDs),
  undo: (undoID) => call('Undo', undoID),
  retry: (memberIDs) => call('Retry', memberIDs),
  copyKubeconfig: (memberID, form) => call('CopyKubeconfig', memberID, form),
  saveLayout: (layout) => call('SaveLayout', layout),

  saveSettings: (settings) => call('SaveSettings', settings),
  openFolder: (which) => call('OpenFolder', which),
  copyDiagnostics: () => call('CopyDiagnostics'),
  retryKeychain: () => call('RetryKeychain'),
  useMemoryOnly: () => call('UseMemoryOnly'),

  pane: goPane,
  objects: goObjects,
  logs: goLogs,
  apps: goApps,
  guards: goGuards,
}
