import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { Providers } from '../../app/Providers'
import { FakeBackend } from '../../test/fakeBackend'
import { candidate } from '../../test/importFixture'
import { expectNoViolations } from '../../test/render'
import { session } from '../../test/sessionFixtures'
import { signedIn, signIn } from '../../test/signInFixtures'
import type { Candidate, Session } from '../../wails/model'
import { Welcome } from './Welcome'

async function show(over: Partial<Session> = {}, candidates: Candidate[] = []) {
  const backend = new FakeBackend({
    session: session({ phase: 'welcome', primary: null, known: [], ...over }),
    imports: [{ seq: 1, ticket: 't', testing: false, sources: [], candidates }],
  })
  vi.spyOn(backend, 'importDefaults').mockResolvedValue('t')
  const view = render(
    <Providers backend={backend}>
      <Welcome />
    </Providers>,
  )
  await view.findByRole('main')
  return { ...view, backend, user: userEvent.setup() }
}

const press = (name: string | RegExp) => screen.findByRole('button', { name })

describe('logging in by an address', () => {
  it('goes from the address by a sign-in to the login', async () => {
    const { user, backend } = await show()
    await user.type(screen.getByRole('textbox', { name: /^Address of/ }), 'trusted{Enter}')
    await user.click(await press('Go on with this way'))
    expect(await screen.findByRole('heading', { name: 'Sign in' })).toHaveFocus()
    expect(await press('Log in to harbour')).toBeDisabled()
    await expectNoViolations()
    await user.click(await press('Sign in to harbour'))
    await screen.findByText('Waiting for your browser')
    act(() => backend.changeSignIn('s9', signedIn()))
    await screen.findByText('Signed in')
    await user.click(await press('Log in to harbour'))
    const pick = { index: 0, name: 'harbour', color: '', group: '', labels: {} }
    expect(backend.called('logIn')).toEqual([[{ ticket: 'ticket-1', primary: pick, others: [], offline: false }]])
  })

  it('comes back to the address with what was entered', async () => {
    const { user } = await show()
    await user.type(screen.getByRole('textbox', { name: /^Address of/ }), 'trusted{Enter}')
    await user.click(await screen.findByRole('radio', { name: 'Company LDAP' }))
    await user.click(await press('Go on with this way'))
    await user.click(await press('Back'))
    await user.click(await press('Back'))
    expect(await screen.findByRole('radio', { name: 'Company LDAP' })).toBeChecked()
  })
})

describe('logging in with a context that needs something first', () => {
  it('asks for it when one wants to log in', async () => {
    const exec = candidate(0, 'sextant', { authKind: 'exec' })
    const { user, backend } = await show({}, [exec])
    await user.click(await press(/^Found on this machine/))
    await user.click(await press('Log in to sextant'))
    expect(backend.called('logIn')).toEqual([])
    await user.click(await screen.findByRole('checkbox', { name: /I know this program/ }))
    await user.click(await press('Allow this program'))
    await screen.findByText('Allowed')
    await user.click(await press('Log in to sextant'))
    expect(backend.called('logIn')).toHaveLength(1)
  })
})

describe('a login that waits for a sign-in', () => {
  it('shows it when a known primary’s session has ended', async () => {
    const { user, backend } = await show({
      known: session().known,
      signIns: [signIn('s1', { memberIDs: ['m1'], members: ['harbour'] })],
    })
    backend.fail('logInKnown', { code: 'login', message: 'Your session has ended.', hint: 'Sign in, then log in.' })
    expect(screen.queryByRole('region', { name: /^Sign-in with/ })).toBeNull()
    await user.click(await press(/^Log in to harbour/))
    await user.click(await press('Sign in to dex.example.net'))
    expect(backend.called('startSignIn')[0]?.[0]).toEqual({ memberID: 'm1', ticket: '', index: 0 })
  })

  it('shows it while the login is under way', async () => {
    await show({ phase: 'connecting', signIns: [signIn('s1', { memberIDs: ['m1'] }), signIn('s2', signedIn())] })
    expect(screen.getAllByRole('region', { name: /^Sign-in with/ })).toHaveLength(1)
  })
})
