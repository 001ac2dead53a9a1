import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, limitedAccess, member, narrowLayout, signedMembers } from '../../test/fleetFixtures'
import { expectNoViolations, renderPage } from '../../test/render'
import { ClustersPage } from './ClustersPage'

async function page() {
  const members = [member('m1', 'harbour', { primary: true }), ...signedMembers()]
  const backend = new FakeBackend({ fleet: fleetOf(members, narrowLayout) })
  const calls = { onSignIn: vi.fn(), onProgram: vi.fn() }
  const view = await renderPage(<ClustersPage onAdd={vi.fn()} onGiveCredentials={vi.fn()} {...calls} />, backend)
  await screen.findByRole('row', { name: 'harbour' })
  const choose = async (name: string, action: string) => {
    await view.user.click(screen.getByRole('button', { name: `Actions for ${name}` }))
    await view.user.click(screen.getByRole('menuitem', { name: action }))
  }
  const details = async (name: string) => {
    await view.user.click(screen.getByRole('row', { name }))
    return within(await screen.findByRole('complementary', { name: `Details of ${name}` }))
  }
  return { ...view, ...calls, choose, details }
}

describe('a member that needs the person', () => {
  it('is helped from its row, its menu and its details', async () => {
    const { user, onSignIn, onProgram, choose, details } = await page()
    const star = expect.objectContaining({ id: 'm13' })
    await user.click(screen.getByRole('button', { name: 'Sign in: north-star' }))
    await choose('north-star', 'Sign in')
    await user.click((await details('north-star')).getByRole('button', { name: 'Sign in' }))
    expect(onSignIn.mock.calls).toEqual([[star], [star], [star]])
    await user.click(screen.getByRole('button', { name: 'Allow its program: sextant' }))
    await choose('bosun', 'Run its program…')
    expect(onProgram.mock.calls).toEqual([
      [expect.objectContaining({ id: 'm14' })],
      [expect.objectContaining({ id: 'm15' })],
    ])
    await expectNoViolations()
  })

  it('says in its state what it needs', async () => {
    await page()
    expect(within(screen.getByRole('row', { name: 'sextant' })).getByText('Needs approval')).toBeVisible()
    expect(within(screen.getByRole('row', { name: 'bosun' })).getByText('Asks for you')).toBeVisible()
  })
})

describe('a person with few rights', () => {
  it('sees what can be used, who says no to the rest, and the rule that would change it', async () => {
    const { user, details } = await page()
    const panel = await details('galley')
    expect(panel.getByRole('list', { name: 'Usable namespaces' })).toHaveTextContent('galley-devgalley-stage')
    expect(panel.getByText(/may not list namespaces: forbidden by RBAC/)).toBeVisible()
    await user.click(panel.getByText('The rule that an administrator would apply'))
    expect(panel.getByText(/kind: ClusterRole/)).toHaveTextContent(/resources: \[namespaces\]/)
    await user.click(panel.getByRole('button', { name: 'Copy the rule for: The list of namespaces' }))
    expect(await navigator.clipboard.readText()).toBe(limitedAccess().missing[0]?.rule)
    await expectNoViolations()
  })

  it('is not told of limits that are not there', async () => {
    const { details } = await page()
    expect((await details('harbour')).queryByText('What you can use')).toBeNull()
  })
})

describe('credentials', () => {
  it('are forgotten while the entry stays, and come back by Undo', async () => {
    const { user, backend, choose } = await page()
    await choose('harbour', 'Forget credentials')
    expect(backend.called('forgetCredentials')).toEqual([[['m1']]])
    const row = screen.getByRole('row', { name: 'harbour' })
    expect(await within(row).findByText('Needs credentials')).toBeVisible()
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(within(row).queryByText('Needs credentials')).toBeNull())
  })

  it('are asked of Binnacle by a kubeconfig without them', async () => {
    const { backend, choose } = await page()
    await choose('harbour', 'Copy kubeconfig for kubectl through Binnacle')
    expect(backend.called('copyKubeconfig')).toEqual([['m1', 'program']])
    expect(await screen.findByText(/no secret is in it/)).toBeVisible()
  })

  it('go with the entry, or stay, as the person says', async () => {
    const { user, backend, choose } = await page()
    await choose('galley', 'Remove…')
    expect(await screen.findByRole('radio', { name: 'The entry and its credentials' })).toBeChecked()
    expect(screen.getByText(/choose “Forget credentials”/)).toBeVisible()
    await expectNoViolations(screen.getByRole('dialog'))
    await user.click(screen.getByRole('radio', { name: 'The entry only' }))
    await user.click(screen.getByRole('button', { name: 'Remove galley' }))
    expect(backend.called('removeMembers')).toEqual([[['m16'], false]])
  })
})
