import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, signedMembers } from '../../test/fleetFixtures'
import { expectNoViolations, renderPage } from '../../test/render'
import { session } from '../../test/sessionFixtures'
import { richSignIns, signedIn, signIn, withCode } from '../../test/signInFixtures'
import type { SignIn } from '../../wails/model'
import { SignInPanel } from './SignInPanel'
import { queueWords } from './words'

async function panel(signIns: SignIn[] = richSignIns()) {
  const backend = new FakeBackend({ session: session({ signIns }), fleet: fleetOf(signedMembers()) })
  return renderPage(<SignInPanel onClose={vi.fn()} />, backend)
}

const card = (name: string) => screen.getByRole('region', { name: `Sign-in with ${name}` })

describe('the words of the queue', () => {
  it.each<[string, Partial<SignIn>[]]>([
    ['1 sign-in needed', [{}, signedIn()]],
    ['2 sign-ins needed', [{}, { state: 'failed' }, { state: 'browser' }]],
    ['Signing in…', [{ state: 'starting' }, signedIn()]],
    ['Signed in', [signedIn(), { state: 'refreshing' }]],
  ])('%s', (words, all) => {
    expect(queueWords(all.map((one, i) => signIn(`s${i}`, one)))).toBe(words)
  })
})

describe('the sign-ins', () => {
  it('tell who needs the person, why, who waits and who is signed in', async () => {
    await panel()
    expect(card('dex.example.net')).toHaveTextContent('Waits for it: north-star')
    expect(card('login.example.org')).toHaveTextContent('access_denied')
    expect(card('login.example.org')).toHaveTextContent('plain http')
    expect(card('OpenShift of galley')).toHaveTextContent('As ana@example.net.')
    expect(card('OpenShift of galley')).toHaveTextContent('Used by galley')
    await expectNoViolations()
  })

  it('sign in for any of the members that wait, and keep the focus', async () => {
    const { user, backend } = await panel()
    await user.click(screen.getByRole('button', { name: 'Sign in to dex.example.net' }))
    expect(backend.called('startSignIn')).toEqual([[{ memberID: 'm13', ticket: '', index: 0 }, { device: false }]])
    expect(await within(card('dex.example.net')).findByText('Waiting for your browser')).toBeVisible()
    expect(card('dex.example.net')).toHaveFocus()
    expect(screen.getByRole('button', { name: 'Copy the link to sign in to dex.example.net' })).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Cancel the sign-in to dex.example.net' }))
    expect(backend.called('cancelSignIn')).toEqual([['s1']])
    expect(await screen.findByRole('button', { name: 'Sign in to dex.example.net' })).toBeVisible()
  })

  it('give a code instead, after the browser’s try has ended', async () => {
    const { user, backend } = await panel()
    await user.click(screen.getByRole('button', { name: 'Sign in to dex.example.net' }))
    await user.click(await screen.findByRole('button', { name: 'Use a code instead for dex.example.net' }))
    await screen.findByText('WDJB-MJHT')
    expect(backend.calls.map((c) => c.method).filter((m) => /SignIn/.test(m))).toEqual([
      'startSignIn',
      'cancelSignIn',
      'startSignIn',
    ])
    expect(backend.called('startSignIn')[1]?.[1]).toEqual({ device: true })
    expect(screen.getByRole('button', { name: 'Copy the code for dex.example.net' })).toBeVisible()
    expect(screen.getByRole('button', { name: 'Copy the link with the code for dex.example.net' })).toBeVisible()
    await expectNoViolations()
    act(() => backend.changeSignIn('s1', { ...signedIn(), code: null }))
    await waitFor(() => expect(card('dex.example.net')).toHaveTextContent('Signed in'))
  })

  it('say when a code has expired', async () => {
    const { code } = withCode()
    await panel([signIn('s1', { state: 'device', memberIDs: ['m13'], code: code ? { ...code, expiresAt: 1 } : null })])
    expect(screen.getByText(/The code has expired/)).toBeVisible()
    expect(screen.queryByText('WDJB-MJHT')).toBeNull()
  })

  it('offer only what the provider has', async () => {
    await panel([signIn('a', { memberIDs: ['m13'], browser: false })])
    expect(screen.queryByRole('button', { name: /^Sign in/ })).toBeNull()
    expect(screen.getByRole('button', { name: 'Use a code for dex.example.net' })).toBeVisible()
  })

  it('sign out only after a yes', async () => {
    const { user, backend } = await panel()
    await user.click(screen.getByRole('button', { name: 'Sign out of OpenShift of galley' }))
    expect(backend.called('signOut')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Sign out' }))
    expect(backend.called('signOut')).toEqual([['s2']])
    await waitFor(() => expect(card('OpenShift of galley')).toHaveTextContent('Needs you to sign in'))
  })

  it('say in the card why a start was refused', async () => {
    const { user, backend } = await panel()
    backend.fail('startSignIn', { code: 'unreachable', message: 'dex.example.net does not answer.' })
    await user.click(screen.getByRole('button', { name: 'Sign in to dex.example.net' }))
    expect(await within(card('dex.example.net')).findByRole('alert')).toHaveTextContent('does not answer')
  })

  it('show a provider’s words as text', async () => {
    const { baseElement } = await panel([
      signIn('s1', { state: 'failed', why: '<img src=x>\u202E', members: ['<b>x'] }),
    ])
    expect(screen.getByText('<img src=x>⟨202E⟩')).toBeVisible()
    expect(baseElement.querySelector('img')).toBeNull()
  })

  it('say when there is none', async () => {
    await panel([])
    expect(screen.getByText(/No cluster of your view signs in/)).toBeVisible()
  })
})
