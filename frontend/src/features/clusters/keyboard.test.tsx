import { act, screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, narrowLayout, someMembers } from '../../test/fleetFixtures'
import { renderPage } from '../../test/render'
import { ClustersPage } from './ClustersPage'

async function page() {
  const members = someMembers('harbour', 'lighthouse', 'breakwater', 'slipway')
  const backend = new FakeBackend({ fleet: fleetOf(members, narrowLayout) })
  const onAdd = vi.fn()
  const onGiveCredentials = vi.fn()
  const view = await renderPage(
    <ClustersPage onAdd={onAdd} onGiveCredentials={onGiveCredentials} onSignIn={vi.fn()} onProgram={vi.fn()} />,
    backend,
  )
  const row = await screen.findByRole('row', { name: 'harbour' })
  act(() => row.focus())
  return { ...view, onAdd, onGiveCredentials }
}

const row = (name: string) => screen.getByRole('row', { name })

describe('keys on the table', () => {
  it('moves with the arrows, Home and End, and keeps one row in the tab order', async () => {
    const { user } = await page()
    await user.keyboard('{ArrowDown}')
    expect(row('lighthouse')).toHaveFocus()
    await user.keyboard('{End}')
    expect(row('slipway')).toHaveFocus()
    await user.keyboard('{ArrowDown}')
    expect(row('slipway')).toHaveFocus()
    await user.keyboard('{Home}{PageDown}{ArrowUp}')
    expect(row('breakwater')).toHaveFocus()
    expect(screen.getAllByRole('row').filter((r) => r.tabIndex === 0)).toEqual([row('breakwater')])
  })

  it('selects with Space and acts on the selection', async () => {
    const { user, backend } = await page()
    await user.keyboard(' {ArrowDown} ')
    expect(row('lighthouse')).toHaveAttribute('aria-selected', 'true')
    expect(screen.getByText('2 selected')).toBeVisible()
    await user.keyboard('r')
    expect(backend.called('retry')).toEqual([[['m1', 'm2']]])
  })

  it('opens details with Enter; Escape gives the focus back to the row', async () => {
    const { user } = await page()
    await user.keyboard('{Enter}')
    expect(screen.getByRole('complementary', { name: 'Details of harbour' })).toBeVisible()
    expect(screen.getByRole('heading', { name: 'harbour' })).toHaveFocus()
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('complementary')).toBeNull()
    await waitFor(() => expect(row('harbour')).toHaveFocus())
  })

  it.each(['.', '{ContextMenu}', '{Shift>}{F10}{/Shift}'])('opens the menu with %s and runs from it', async (key) => {
    const { user, backend } = await page()
    await user.keyboard(key)
    expect(screen.getByRole('menu', { name: 'Actions for harbour' })).toBeVisible()
    expect(screen.getByRole('menuitem', { name: 'Show details' })).toHaveFocus()
    await user.keyboard('t{Enter}')
    expect(backend.called('retry')).toEqual([[['m1']]])
    await waitFor(() => expect(row('harbour')).toHaveFocus())
  })

  it('opens the menu where the pointer is', async () => {
    const { user } = await page()
    await user.pointer({ keys: '[MouseRight]', target: row('slipway') })
    expect(screen.getByRole('menu', { name: 'Actions for slipway' })).toBeVisible()
    expect(screen.getByRole('menuitem', { name: 'Switch on' })).toBeVisible()
    await user.click(screen.getByRole('heading', { name: 'Clusters' }))
    expect(screen.queryByRole('menu')).toBeNull()
  })

  it('moves a row by the menu', async () => {
    const { user, backend } = await page()
    await user.keyboard('{ArrowDown}.')
    await user.click(screen.getByRole('menuitem', { name: 'Move up' }))
    expect(backend.called('moveMember')).toEqual([['m2', 'm1']])
  })

  it('adds with n, but not while one types', async () => {
    const { user, onAdd } = await page()
    await user.keyboard('n')
    expect(onAdd).toHaveBeenCalledTimes(1)
    await user.keyboard('/n')
    expect(onAdd).toHaveBeenCalledTimes(1)
  })

  it('removes with Delete after asking, and the focus goes to the neighbour', async () => {
    const { user, backend } = await page()
    await user.keyboard('{ArrowDown}{Delete}')
    expect(await screen.findByRole('dialog', { name: /Remove lighthouse/ })).toBeVisible()
    await user.click(screen.getByRole('radio', { name: 'The entry only' }))
    await user.click(screen.getByRole('button', { name: 'Remove lighthouse' }))
    expect(backend.called('removeMembers')).toEqual([[['m2'], false]])
    await waitFor(() => expect(screen.queryByRole('row', { name: 'lighthouse' })).toBeNull())
    await waitFor(() => expect(row('breakwater')).toHaveFocus())
  })
})
