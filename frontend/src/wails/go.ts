import type { Backend } from './backend'
import { toFailure } from './errors'
import type { Doorbell, Event, Fleet, Import, Session } from './model'

interface Bound {
  [method: string]: ((...args: unknown[]) => Promise<unknown>) | undefined
}

declare global {
  interface Window {
    go?: { main?: { App?: Bound } }
    runtime?: {
      EventsOn(name: string, ring: (bell: Doorbell) => void): () => void
      ClipboardSetText(text: string): Promise<boolean>
    }
  }
}

/** The only implementation of Backend in the product: bound methods for commands, same-origin requests for data. */
export const goBackend: Backend = {
  on: (event: Event, ring) => window.runtime?.EventsOn(event, ring) ?? (() => undefined),

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

  logIn: (asked) => call('LogIn', asked),
  logInKnown: (viewID) => call('LogInKnown', viewID),
  cancelLogin: () => call('CancelLogin'),
  logOut: (forgetSecrets) => call('LogOut', forgetSecrets),
  forgetPrimary: (viewID) => call('ForgetPrimary', viewID),
  makePrimary: (memberID) => call('MakePrimary', memberID),
  copyViewTo: (memberID) => call('CopyViewTo', memberID),
  seal: async (asked) => {
    await request('/api/seal', {
      method: 'POST',
      body: JSON.stringify(asked),
      headers: { 'Content-Type': 'application/json' },
    })
  },
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
  undo: (undoID) => call('Undo', undoID),
  retry: (memberIDs) => call('Retry', memberIDs),
  copyKubeconfig: (memberID, withSecrets) => call('CopyKubeconfig', memberID, withSecrets),
  saveLayout: (layout) => call('SaveLayout', layout),

  saveSettings: (settings) => call('SaveSettings', settings),
  openFolder: (which) => call('OpenFolder', which),
  copyDiagnostics: () => call('CopyDiagnostics'),
  retryKeychain: () => call('RetryKeychain'),
  useMemoryOnly: () => call('UseMemoryOnly'),
}

async function call<T>(name: string, ...args: unknown[]): Promise<T> {
  try {
    const method = window.go?.main?.App?.[name]
    if (!method) throw new Error(`no bound method ${name}`)
    return (await method(...args)) as T
  } catch (thrown) {
    throw toFailure(thrown)
  }
}

async function request(path: string, init?: RequestInit): Promise<Response> {
  try {
    const response = await fetch(path, { cache: 'no-store', ...init })
    if (response.status >= 400) throw await response.json()
    return response
  } catch (thrown) {
    throw toFailure(thrown)
  }
}

async function json<T>(path: string): Promise<T> {
  const response = await request(path)
  try {
    return (await response.json()) as T
  } catch (thrown) {
    throw toFailure(thrown)
  }
}
