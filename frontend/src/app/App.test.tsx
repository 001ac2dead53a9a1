import { act, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../test/fakeBackend'
import { fleetOf, narrowLayout, someMembers } from '../test/fleetFixtures'
import { expectNoViolations, renderApp } from '../test/render'
import { conflicts, session } from '../test/sessionFixtures'
import type { Session } from '../wails/model'
import { App } from './App'

async function app(over: Partial<Session> = {}) {
  const fleet = fleetOf(someMembers('harbour', 'slipway'), narrowLayout)
  return renderApp(<App />, new FakeBackend({ fleet, session: session(over) }))
}

afterEach(() => {
  document.documentElement.className = ''
  vi.unstubAllGlobals()
})

describe('the shell', () => {
  it('has landmarks, one heading of the first level, a title, and breaks no accessibility rule', async () => {
    await app()
    expect(await screen.findByRole('heading', { level: 1, name: 'Clusters' })).toBeVisible()
    expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1)
    expect(screen.getByRole('navigation', { name: 'Pages' })).toBeVisible()
    expect(screen.getByRole('link', { name: 'Skip to the content' })).toHaveAttribute('href', '#main')
    expect(document.title).toBe('Clusters – Binnacle')
    await expectNoViolations()
  })

  it('says who holds the view, as whom, and that nobody confirmed it', async () => {
    const primary = session().primary
    await app({ primary: primary && { ...primary, identityVerified: false } })
    expect(screen.getByText(/Your view is held by/).closest('p')).toHaveTextContent(
      'Your view is held by harbour as ana unverified',
    )
  })

  it('goes to another page and names it', async () => {
    const { user } = await app()
    await user.click(screen.getByRole('button', { name: 'Settings' }))
    expect(await screen.findByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    expect(screen.getByRole('button', { name: 'Settings' })).toHaveAttribute('aria-current', 'page')
    expect(document.title).toBe('Settings – Binnacle')
  })

  it.each([
    ['Synced', { state: 'synced' }],
    ['Saving…', { state: 'saving' }],
    ['Saved here only since', { state: 'local', why: 'harbour does not answer.' }],
    ['2 conflicts', { state: 'conflict', conflicts: conflicts() }],
    ['Needs your answer', { state: 'asking' }],
  ] as const)('shows how the view stands: %s', async (words, change) => {
    await app({ sync: { ...session().sync, ...change, conflicts: 'conflicts' in change ? change.conflicts : [] } })
    expect(screen.getByRole('button', { name: new RegExp(`Your view: ${words}`) })).toHaveTextContent(words)
  })

  it('shows no page of the view before it is there', async () => {
    await app({ phase: 'welcome', primary: null })
    expect(screen.queryByRole('navigation', { name: 'Pages' })).toBeNull()
  })
})

describe('the keychain', () => {
  it('says when it is missing, and offers the two ways on', async () => {
    const { user, backend } = await app({ keychain: { state: 'missing', hint: 'Install one.' } })
    expect(screen.getByText('Install one.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Keep secrets in memory for this run' }))
    expect(backend.called('useMemoryOnly')).toHaveLength(1)
    await user.click(await screen.findByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(screen.queryByText(/in memory/)).toBeNull())
  })

  it('says when a prompt waits', async () => {
    await app({ keychain: { state: 'waiting', hint: 'Answer the prompt.' } })
    expect(screen.getByText('Answer the prompt.')).toBeVisible()
  })
})

describe('undo', () => {
  it('brings the last removal back by its button', async () => {
    const { user, backend } = await app({ undo: { id: 'u1', text: 'Removed x.', until: Date.now() + 60_000 } })
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(backend.called('undo')).toEqual([['u1']])
    await waitFor(() => expect(screen.queryByText('Removed x.')).toBeNull())
  })

  it('and by its key', async () => {
    const { user, backend } = await app({ undo: { id: 'u1', text: 'Removed x.', until: Date.now() + 60_000 } })
    await user.keyboard('{Control>}z{/Control}')
    expect(backend.called('undo')).toEqual([['u1']])
  })

  it('is gone when its time is over', async () => {
    await app({ undo: { id: 'u1', text: 'Removed x.', until: Date.now() - 1 } })
    expect(screen.queryByText('Removed x.')).toBeNull()
  })
})

describe('files from outside', () => {
  it('opens the wizard on them', async () => {
    const { backend } = await app()
    await screen.findByRole('row', { name: 'harbour' })
    act(() => void backend.open())
    expect(await screen.findByRole('dialog')).toBeVisible()
    expect(backend.called('import')).toContainEqual(['ticket-1'])
  })

  it('finds those that came before the page listened', async () => {
    const { backend } = await app({ offered: 'ticket-9' })
    expect(await screen.findByRole('dialog')).toBeVisible()
    expect(backend.called('import')).toContainEqual(['ticket-9'])
  })

  it('tells Go when nobody can see the window', async () => {
    const { backend } = await app()
    expect(backend.called('attend')).toEqual([[true]])
    const state = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    act(() => void document.dispatchEvent(new Event('visibilitychange')))
    expect(backend.called('attend')).toEqual([[true], [false]])
    state.mockRestore()
  })

  it('never lets a drop replace the page, and says what it will do', async () => {
    await app()
    const drag = (name: string, type: string) => {
      const event = Object.assign(new Event(name, { cancelable: true }), { dataTransfer: { types: [type] } })
      act(() => void window.dispatchEvent(event))
      return event
    }
    const words = () => screen.queryByText('Drop kubeconfigs here')
    drag('dragenter', 'Files')
    expect(words()).toBeVisible()
    expect(drag('dragover', 'Files').defaultPrevented).toBe(true)
    expect(drag('drop', 'Files').defaultPrevented).toBe(true)
    expect(words()).toBeNull()

    drag('dragenter', 'text/uri-list') // WebKitGTK
    drag('dragenter', 'text/uri-list') // a child
    drag('dragleave', 'text/uri-list')
    expect(words()).toBeVisible()
    drag('pointermove', '')
    expect(words()).toBeNull()

    drag('dragstart', 'text/uri-list') // a link of the page
    drag('dragenter', 'text/uri-list')
    expect(words()).toBeNull()
  })
})

describe('the theme', () => {
  const html = document.documentElement

  it('is the one that was chosen, at once', async () => {
    const { backend } = await app({ settings: { theme: 'dark', density: 'compact', logLevel: 'info' } })
    expect(html).toHaveClass('pf-v6-theme-dark')
    expect(html.dataset.density).toBe('compact')
    act(() => backend.changeSession({ settings: { theme: 'light', density: 'comfortable', logLevel: 'info' } }))
    await waitFor(() => expect(html).not.toHaveClass('pf-v6-theme-dark'))
    expect(html.dataset.density).toBe('comfortable')
  })

  it('follows the desktop live', async () => {
    const query = Object.assign(new EventTarget(), { matches: false })
    vi.stubGlobal('matchMedia', () => query)
    await app({ settings: { theme: 'system', density: 'comfortable', logLevel: 'info' } })
    expect(html).not.toHaveClass('pf-v6-theme-dark')
    query.matches = true
    query.dispatchEvent(new Event('change'))
    expect(html).toHaveClass('pf-v6-theme-dark')
  })
})
