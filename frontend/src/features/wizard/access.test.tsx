import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, member } from '../../test/fleetFixtures'
import { candidate } from '../../test/importFixture'
import { expectNoViolations, renderPage } from '../../test/render'
import { session } from '../../test/sessionFixtures'
import { signedIn, signIn } from '../../test/signInFixtures'
import type { Candidate, SignIn } from '../../wails/model'
import { AddClusters } from './AddClusters'
import { ReplaceCredentials } from './ReplaceCredentials'

const plugin = (index: number, context: string, over: Partial<Candidate> = {}) =>
  candidate(index, context, { authKind: 'exec', identity: '', expiresAt: 0, ...over })
const lighthouse = member('m1', 'lighthouse')

function backendWith(candidates: Candidate[], signIns: SignIn[] = []) {
  const imports = [{ seq: 1, ticket: 't', testing: false, sources: [], candidates }]
  return new FakeBackend({ imports, fleet: fleetOf([lighthouse]), session: session({ signIns }) })
}

async function open(candidates: Candidate[], signIns: SignIn[] = []) {
  const page = await renderPage(<AddClusters ticket="t" onClose={vi.fn()} />, backendWith(candidates, signIns))
  await screen.findByRole('grid', { name: 'Contexts' })
  return page
}

const press = (name: string) => screen.findByRole('button', { name })

describe('a context that runs a program', () => {
  it('is looked at and allowed before the test', async () => {
    const { user, backend } = await open([plugin(0, 'sextant')])
    await user.click(await press('Next'))
    expect(screen.getByRole('heading', { name: 'May they run these programs?' })).toHaveFocus()
    const allow = await press('Allow this program')
    expect(allow).toBeDisabled()
    await expectNoViolations()
    await user.click(screen.getByRole('checkbox', { name: /I know this program/ }))
    await user.click(allow)
    expect(backend.called('allowProgram')).toEqual([[{ memberID: '', ticket: 't', index: 0 }, 'p1']])
    const row = await screen.findByRole('listitem', { name: 'Program of sextant' })
    expect(await within(row).findByText('Allowed')).toBeVisible()
    expect(backend.called('testCandidates')).toEqual([])
    await user.click(await press('Next'))
    await user.click(await press('Next'))
    await waitFor(() => expect(backend.called('testCandidates')).toEqual([['t', [0]]]))
  })

  it('can be saved without, and nothing is allowed by that', async () => {
    const { user, backend } = await open([plugin(0, 'sextant')])
    await user.click(await press('Next'))
    await user.click(await press('Go on without'))
    expect(screen.getByRole('textbox', { name: 'Name of sextant' })).toBeInTheDocument()
    expect(backend.called('allowProgram')).toEqual([])
  })

  it('opens one of several when asked to', async () => {
    const { user } = await open([plugin(0, 'sextant'), plugin(1, 'bosun')])
    await user.click(await press('Select all 2'))
    await user.click(await press('Next'))
    expect(screen.queryByRole('button', { name: 'Allow this program' })).toBeNull()
    await user.click(await press('Look at the program of bosun'))
    expect(await press('Allow this program')).toBeInTheDocument()
    expect(await press('Hide the program of bosun')).toHaveAttribute('aria-expanded', 'true')
  })
})

describe('a context that can sign in natively', () => {
  const native = { native: 'OIDC sign-in at dex.example.net' }

  it('does so by one press, runs nothing then, and goes back by another', async () => {
    const { user, backend } = await open([plugin(0, 'spinnaker', native)])
    await expectNoViolations()
    await user.click(await press('Sign in natively instead'))
    expect(backend.called('convertCandidate')).toEqual([['t', 0, true]])
    expect(await press('Do as the kubeconfig says')).toBeInTheDocument()
    await user.click(await press('Next'))
    expect(screen.getByRole('heading', { name: 'Sign in' })).toHaveFocus()
    expect(screen.queryByRole('list', { name: 'Programs' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Back' }))
    await user.click(await press('Do as the kubeconfig says'))
    expect(backend.called('convertCandidate')[1]).toEqual(['t', 0, false])
  })

  it('does so for all of them at once', async () => {
    const { user, backend } = await open([plugin(0, 'a', native), plugin(1, 'b', native), plugin(2, 'c')])
    await user.click(await press('Sign in natively for 2'))
    expect(backend.called('convertCandidate')).toEqual([
      ['t', 0, true],
      ['t', 1, true],
    ])
  })

  it('says why it could not', async () => {
    const { user, backend } = await open([plugin(0, 'spinnaker', native)])
    backend.fail('convertCandidate', { message: 'The issuer is missing.' })
    await user.click(await press('Sign in natively instead'))
    expect(await screen.findByRole('alert')).toHaveTextContent('The issuer is missing.')
  })
})

describe('contexts that sign in', () => {
  const signs = { authKind: 'signIn', signIn: 's1', identity: '' }

  it('share one sign-in, and are not asked for one that is there already', async () => {
    const { user, backend } = await open(
      [candidate(0, 'a', signs), candidate(1, 'b', { ...signs, user: 'b' })],
      [signIn('s1')],
    )
    await user.click(screen.getByRole('checkbox', { name: 'Connect a' }))
    await user.click(screen.getByRole('checkbox', { name: 'Connect b' }))
    await user.click(await press('Next'))
    expect(screen.getAllByRole('region', { name: /^Sign-in with/ })).toHaveLength(1)
    expect(await press('Go on without')).toBeInTheDocument()
    backend.changeSignIn('s1', signedIn())
    expect(await press('Next')).toBeEnabled()
  })

  it('ask for each server that a session was not given to', async () => {
    const far = { ...signs, given: false, server: 'https://far.example' }
    const { user, backend } = await open(
      [candidate(0, 'near', signs), candidate(1, 'far', far)],
      [signIn('s1', signedIn())],
    )
    await user.click(screen.getByRole('checkbox', { name: 'Connect near' }))
    await user.click(screen.getByRole('checkbox', { name: 'Connect far' }))
    await user.click(await press('Next'))
    const card = screen.getByRole('region', { name: /^Sign-in with/ })
    expect(card).toHaveTextContent('its server, https://far.example, then gets your token')
    expect(await press('Go on without')).toBeInTheDocument()
    await user.click(await screen.findByRole('button', { name: /^Sign in to/ }))
    expect(backend.called('startSignIn')).toEqual([[{ memberID: '', ticket: 't', index: 1 }, { device: false }]])
  })

  it('sign in before the test when credentials are replaced', async () => {
    const own = candidate(0, 'same', { ...signs, server: lighthouse.server, ca: lighthouse.ca })
    const backend = backendWith([own])
    vi.spyOn(backend, 'pickFiles').mockResolvedValue('t')
    const { user } = await renderPage(<ReplaceCredentials member={lighthouse} onClose={vi.fn()} />, backend)
    await user.click(screen.getByRole('button', { name: /^Choose files/ }))
    await user.click(await press('Next'))
    await user.click(await press('Sign in to same'))
    expect(backend.called('startSignIn')).toEqual([[{ memberID: '', ticket: 't', index: 0 }, { device: false }]])
    backend.changeSignIn('s1', signedIn())
    await user.click(await press('Next'))
    expect(screen.getByRole('heading', { name: 'Does it work?' })).toBeInTheDocument()
  })
})
