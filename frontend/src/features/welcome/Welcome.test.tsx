import { act, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { Providers } from '../../app/Providers'
import { FakeBackend } from '../../test/fakeBackend'
import { candidate } from '../../test/importFixture'
import { expectNoViolations } from '../../test/render'
import { session } from '../../test/sessionFixtures'
import type { Candidate, Session } from '../../wails/model'
import { Welcome } from './Welcome'

const GOOD = 'giraffe lantern mustard pebble'

async function show(over: Partial<Session>, candidates: Candidate[] = []) {
  const found = { seq: 1, ticket: 't', testing: false, sources: [], candidates }
  const backend = new FakeBackend({ session: session(over), imports: candidates.length > 0 ? [found] : [] })
  if (candidates.length > 0) vi.spyOn(backend, 'importDefaults').mockResolvedValue('t')
  // Welcome has a main of its own, as it stands alone in the page.
  const view = render(
    <Providers backend={backend}>
      <Welcome />
    </Providers>,
  )
  await view.findByRole('main')
  return { ...view, backend, user: userEvent.setup() }
}

const first: Partial<Session> = { phase: 'welcome', primary: null, known: [] }
const two = [
  candidate(0, 'north-pier', { current: false }),
  candidate(1, 'old-chart', { current: true }),
  candidate(2, 'south-pier'),
]

async function choose(candidates: Candidate[] = two) {
  const page = await show(first, candidates)
  await page.user.click(screen.getByRole('button', { name: /^Found on this machine/ }))
  await screen.findByRole('grid')
  return page
}

const pickOf = (index: number, name: string) => ({ index, name, color: '', group: '', labels: {} })
const newField = () => screen.getByLabelText(/^New passphrase(?! again)/)
const againField = () => screen.getByLabelText(/^New passphrase again/)

vi.setConfig({ testTimeout: 30_000 })

describe('Welcome: where to log in', () => {
  it('asks one question and offers every source', async () => {
    await show(first)
    expect(screen.getByRole('heading', { name: 'Which cluster do you log in to?' })).toHaveFocus()
    for (const name of [/^Found on this machine/, /^Choose files/, /^Choose folder/, /^Paste/]) {
      expect(screen.getByRole('button', { name })).toBeEnabled()
    }
    await expectNoViolations()
  })

  it('logs in to a known primary with Enter alone', async () => {
    const { user, backend } = await show({ phase: 'welcome', primary: null })
    expect(screen.getByRole('button', { name: /^Log in to harbour/ })).toHaveFocus()
    await expectNoViolations()
    await user.keyboard('{Enter}')
    expect(backend.called('logInKnown')).toEqual([['v1']])
  })

  it('forgets a known primary only after asking', async () => {
    const { user, backend } = await show({ phase: 'welcome', primary: null })
    await user.click(screen.getByRole('button', { name: 'Forget lighthouse' }))
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(backend.called('forgetPrimary')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Forget lighthouse' }))
    await user.click(screen.getByRole('button', { name: 'Forget' }))
    await waitFor(() => expect(screen.queryByText('lighthouse')).not.toBeInTheDocument())
    expect(backend.called('forgetPrimary')).toEqual([['v2']])
  })

  it('shows what was dropped on the window', async () => {
    const { backend } = await show(first)
    act(() => {
      backend.open()
    })
    expect(await screen.findByRole('grid', { name: 'Contexts' })).toBeInTheDocument()
  })

  it('shows once what the program was started with', async () => {
    const { user, backend } = await show({ ...first, offered: 't' }, two)
    expect(await screen.findByRole('grid', { name: 'Contexts' })).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Back' }))
    expect(screen.queryByRole('grid')).not.toBeInTheDocument()
    expect(backend.called('cancelImport')).toEqual([['t']])
  })

  it('begins with the current context and takes others along', async () => {
    const { user, backend } = await choose()
    expect(screen.getByRole('radio', { name: 'Log in with old-chart' })).toBeChecked()
    await user.click(screen.getByRole('radio', { name: 'Log in with north-pier' }))
    await user.click(screen.getByRole('checkbox', { name: 'Also connect south-pier' }))
    expect(screen.getByRole('checkbox', { name: 'Also connect north-pier' })).toBeDisabled()
    await expectNoViolations()
    await user.click(screen.getByRole('button', { name: 'Log in to north-pier and connect 1 more' }))
    expect(backend.called('logIn')).toEqual([
      [{ ticket: 't', primary: pickOf(0, 'north-pier'), others: [pickOf(2, 'south-pier')], offline: false }],
    ])
  })

  it('keeps the picks and says why when the login fails, and can begin without the server', async () => {
    const { user, backend } = await choose()
    await user.click(screen.getByRole('checkbox', { name: 'Also connect south-pier' }))
    backend.fail('logIn', { code: 'unreachable', message: 'old-chart doesn’t answer.', hint: 'Check the VPN.' })
    await user.click(screen.getByRole('button', { name: /^Log in to old-chart/ }))
    expect(await screen.findByRole('alert')).toHaveTextContent('Check the VPN.')
    expect(screen.getByRole('checkbox', { name: 'Also connect south-pier' })).toBeChecked()
    await user.click(screen.getByRole('button', { name: 'Start here without it' }))
    expect(backend.called('logIn')[1]).toMatchObject([{ primary: { index: 1 }, others: [{ index: 2 }], offline: true }])
  })

  it('does not offer to begin without a server that refuses', async () => {
    const { user, backend } = await choose()
    backend.fail('logIn', { code: 'login', message: 'The token has expired.' })
    await user.click(screen.getByRole('button', { name: /^Log in to old-chart/ }))
    await screen.findByRole('alert')
    expect(screen.queryByRole('button', { name: 'Start here without it' })).not.toBeInTheDocument()
  })

  it('logs in once for two quick presses', async () => {
    const { user, backend } = await choose()
    await user.dblClick(screen.getByRole('button', { name: /^Log in to old-chart/ }))
    expect(backend.called('logIn')).toHaveLength(1)
  })

  it('says what can be done without a keychain', async () => {
    const keychain = { state: 'missing' as const, hint: 'Start gnome-keyring.' }
    const { user, backend } = await show({ ...first, keychain })
    expect(screen.getByText('Start gnome-keyring.')).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Keep them in memory for this run' }))
    expect(backend.called('useMemoryOnly')).toHaveLength(1)
  })
})

describe('Welcome: logging in', () => {
  it('says what is being done, and stops', async () => {
    const { user, backend } = await show({ phase: 'connecting', primary: null, loginStep: 'Asking who you are' })
    expect(screen.getByText('Asking who you are')).toBeInTheDocument()
    await expectNoViolations()
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(await screen.findByRole('heading', { name: 'Which cluster do you log in to?' })).toBeInTheDocument()
    expect(backend.called('cancelLogin')).toHaveLength(1)
  })
})

describe('Welcome: sealed or open list', () => {
  it('seals by default, with a passphrase that is nowhere in the page', async () => {
    const { user, backend, baseElement } = await show({ phase: 'choose' })
    expect(screen.getByRole('radio', { name: /^Sealed/ })).toBeChecked()
    await user.type(newField(), GOOD)
    await user.click(screen.getByRole('button', { name: 'Show new passphrase' }))
    expect(newField()).toHaveAttribute('type', 'text')
    await user.type(againField(), GOOD)
    expect(baseElement.innerHTML).not.toContain(GOOD)
    await expectNoViolations()
    await user.keyboard('{Enter}{Enter}')
    expect(backend.called('seal')).toEqual([
      [{ action: 'choose', mode: 'sealed', passphrase: GOOD, old: '', carry: true }],
    ])
  })

  it('makes an open list without a passphrase when nothing is carried', async () => {
    const { user, backend } = await show({ phase: 'choose' })
    await user.click(screen.getByRole('radio', { name: /^Open list/ }))
    expect(newField()).toBeInTheDocument()
    await user.click(screen.getByRole('checkbox', { name: /^Carry/ }))
    expect(screen.queryByLabelText(/^New passphrase/)).not.toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Make an open list' }))
    expect(backend.called('seal')).toEqual([
      [{ action: 'choose', mode: 'open', passphrase: '', old: '', carry: false }],
    ])
  })

  it('shows at the field what Go has against a passphrase, until it is changed', async () => {
    const { user, backend } = await show({ phase: 'choose' })
    await user.type(newField(), GOOD)
    await user.type(againField(), GOOD)
    backend.fail('seal', { code: 'passphrase', message: 'Too weak.', hint: 'Add a word.' })
    await user.keyboard('{Enter}')
    await waitFor(() => expect(newField()).toHaveAccessibleDescription(/Too weak. Add a word./))
    await user.type(newField(), 'x')
    expect(newField()).not.toHaveAccessibleDescription(/Too weak/)
  })

  it('says that Caps Lock is on', async () => {
    const { user } = await show({ phase: 'choose' })
    newField().focus()
    await user.keyboard('{CapsLock}a')
    expect(screen.getByText('Caps Lock is on.')).toBeInTheDocument()
  })
})

describe('Welcome: unlocking', () => {
  it('says at the field that the passphrase is wrong, then opens the view', async () => {
    const { user, backend } = await show({ phase: 'locked' })
    const field = screen.getByLabelText(/^Passphrase/)
    backend.fail('seal', { code: 'passphrase', message: 'The passphrase is wrong.', hint: '' })
    await user.type(field, 'nope{Enter}')
    await waitFor(() => expect(field).toHaveAccessibleDescription('The passphrase is wrong.'))
    await expectNoViolations()
    expect(field).toHaveFocus()
    await user.keyboard('right{Enter}')
    await waitFor(() => expect(screen.queryByLabelText(/^Passphrase/)).not.toBeInTheDocument())
    expect(backend.called('seal').map(([request]) => request)).toMatchObject([
      { action: 'unlock', passphrase: 'nope' },
      { action: 'unlock', passphrase: 'right' },
    ])
  })

  it('has two ways out', async () => {
    const { user, backend } = await show({ phase: 'locked' })
    await user.click(screen.getByRole('button', { name: 'Log out…' }))
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    await user.click(screen.getByRole('button', { name: 'Use another primary' }))
    expect(backend.called('logOut')).toEqual([[false]])
  })
})
