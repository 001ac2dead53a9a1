import { act, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { FakeBackend } from '../test/fakeBackend'
import { fleetOf, member, narrowLayout, signedMembers } from '../test/fleetFixtures'
import { expectNoViolations, renderApp } from '../test/render'
import { session } from '../test/sessionFixtures'
import { richSignIns, signIn } from '../test/signInFixtures'
import type { SignIn } from '../wails/model'
import { App } from './App'

async function app(signIns: SignIn[] = richSignIns()) {
  const members = [member('m1', 'harbour', { primary: true }), ...signedMembers()]
  const backend = new FakeBackend({ fleet: fleetOf(members, narrowLayout), session: session({ signIns }) })
  const page = await renderApp(<App />, backend)
  await screen.findByRole('row', { name: 'harbour' })
  return page
}

describe('the queue of sign-ins', () => {
  it('is counted in the header and listed in a panel', async () => {
    const { user } = await app()
    await user.click(screen.getByRole('button', { name: '2 sign-ins needed. Show the sign-ins' }))
    expect(await screen.findByRole('complementary', { name: 'Sign-ins' })).toBeVisible()
    await expectNoViolations()
    await user.click(screen.getByRole('button', { name: /^Your view: .*Show/ }))
    expect(await screen.findByRole('complementary', { name: 'Sync' })).toBeVisible()
    expect(screen.queryByRole('complementary', { name: 'Sign-ins' })).toBeNull()
  })

  it('is not there when nothing signs in, and tells of the first that does', async () => {
    const { backend } = await app([])
    expect(screen.queryByRole('button', { name: /the sign-ins$/ })).toBeNull()
    act(() => backend.changeSignIn('s1', {}))
    expect(await screen.findByRole('button', { name: '1 sign-in needed. Show the sign-ins' })).toBeVisible()
  })

  it('opens when a row’s sign-in begins, and shows how it goes', async () => {
    const { user, backend } = await app()
    await user.click(screen.getByRole('button', { name: 'Sign in: north-star' }))
    expect(backend.called('startSignIn')).toEqual([[{ memberID: 'm13', ticket: '', index: 0 }, { device: false }]])
    expect(await screen.findByText('Waiting for your browser')).toBeVisible()
  })

  it('begins with a code where the provider has nothing else', async () => {
    const { user, backend } = await app([signIn('s1', { memberIDs: ['m13'], browser: false })])
    await user.click(screen.getByRole('button', { name: 'Sign in: north-star' }))
    expect(backend.called('startSignIn')[0]?.[1]).toEqual({ device: true })
    expect(await screen.findByText('WDJB-MJHT')).toBeVisible()
  })
})

describe('a row’s program', () => {
  it('is looked at in a dialog', async () => {
    const { user, backend } = await app()
    await user.click(screen.getByRole('button', { name: 'Allow its program: sextant' }))
    expect(await screen.findByRole('dialog', { name: 'The program of sextant' })).toBeVisible()
    await user.click(await screen.findByRole('checkbox', { name: /I know this program/ }))
    await user.click(screen.getByRole('button', { name: 'Allow this program' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(backend.called('allowProgram')[0]?.[0]).toEqual({ memberID: 'm14', ticket: '', index: 0 })
  })
})

describe('files that are dropped while a wizard is open', () => {
  it('wait behind it: nothing typed is lost, and they come next', async () => {
    const { user, backend } = await app()
    await user.click(screen.getByRole('button', { name: 'Add clusters' }))
    await user.click(await screen.findByRole('button', { name: /^Choose files/ }))
    await user.click(await screen.findByRole('checkbox', { name: 'Connect north-pier' }))
    await user.click(screen.getByRole('button', { name: 'Next' }))
    await user.type(screen.getByRole('textbox', { name: 'Name of north-pier' }), '-typed')
    act(() => void backend.open())
    act(() => backend.changeSession({ offered: 'ticket-2' }))
    expect(screen.getByRole('textbox', { name: 'Name of north-pier' })).toHaveValue('north-pier-typed')
    expect(backend.called('import')).not.toContainEqual(['ticket-2'])
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    await user.click(screen.getByRole('button', { name: 'Leave' }))
    await waitFor(() => expect(backend.called('import')).toContainEqual(['ticket-2']))
    expect(await screen.findByRole('checkbox', { name: 'Connect north-pier' })).not.toBeChecked()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('wait behind the replacing of credentials too', async () => {
    const { user, backend } = await app()
    await user.click(screen.getByRole('button', { name: 'Actions for harbour' }))
    await user.click(screen.getByRole('menuitem', { name: 'Replace credentials…' }))
    await screen.findByRole('dialog', { name: 'Replace the credentials of harbour' })
    act(() => void backend.open())
    expect(screen.getAllByRole('dialog')).toHaveLength(1)
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(await screen.findByRole('dialog', { name: 'Add clusters' })).toBeVisible()
  })
})
