import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { expectNoViolations, renderPage } from '../../test/render'
import { conflicts, question, session } from '../../test/sessionFixtures'
import type { Session } from '../../wails/model'
import { SyncPanel } from './SyncPanel'

async function panel(over: Partial<Session> = {}) {
  const onClose = vi.fn()
  const backend = new FakeBackend({ session: session(over) })
  const view = await renderPage(<SyncPanel seal={<p>seal</p>} onClose={onClose} />, backend)
  return { ...view, onClose }
}
const base = session().sync

describe('the sync panel', () => {
  it('says where the view is, and breaks no accessibility rule', async () => {
    await panel()
    expect(screen.getByText('binnacle/binnacle-view-3f7a91c2d4e5b608')).toBeVisible()
    expect(screen.getByText('seal')).toBeVisible()
    expect(screen.getByRole('heading', { name: 'Your view' })).toHaveFocus()
    await expectNoViolations()
  })

  it('says when it is not saved on the primary yet, and why', async () => {
    const { primary } = session()
    await panel({
      primary: primary && { ...primary, location: '' },
      sync: { ...base, state: 'local', why: 'harbour does not answer.' },
    })
    expect(screen.getByText('Not saved there yet')).toBeVisible()
    expect(screen.getByText('harbour does not answer.')).toBeVisible()
  })

  it('closes with Escape', async () => {
    const { user, onClose } = await panel()
    await user.keyboard('{Escape}')
    expect(onClose).toHaveBeenCalled()
  })

  it('syncs now, and says so or says why not', async () => {
    const { user, backend } = await panel()
    await user.click(screen.getByRole('button', { name: 'Sync now' }))
    expect(await screen.findByText('The view is synced')).toBeVisible()
    backend.fail('syncNow', { code: 'unreachable', message: 'harbour does not answer.', hint: 'Check the VPN.' })
    await user.click(screen.getByRole('button', { name: 'Sync now' }))
    expect(await screen.findByText('harbour does not answer.')).toBeVisible()
    expect(screen.getByText('Check the VPN.')).toBeVisible()
  })

  it('shows both values of a conflict and settles each', async () => {
    const { user, backend } = await panel({ sync: { ...base, state: 'conflict', conflicts: conflicts() } })
    const box = within(screen.getByRole('region', { name: '2 conflicts' }))
    expect(box.getByText('breakwater-staging')).toBeVisible()
    expect(box.getByText('breakwater')).toBeVisible()
    await user.click(box.getByRole('button', { name: 'Keep mine for the name of breakwater: breakwater-staging' }))
    await user.click(await screen.findByRole('button', { name: 'Keep theirs for the labels of quay-7: env=dev' }))
    expect(backend.called('settle')).toEqual([
      ['c1', 'mine'],
      ['c2', 'theirs'],
    ])
    await waitFor(() => expect(screen.queryByText(/conflict/)).toBeNull())
  })

  it('asks, and writes nothing else before the answer', async () => {
    const { user, backend } = await panel({ sync: { ...base, state: 'asking', question: question() } })
    expect(screen.getByRole('button', { name: 'Sync now' })).toBeDisabled()
    backend.fail('answer', { message: 'It changed again.' })
    await user.click(screen.getByRole('button', { name: 'Take the view on harbour' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('It changed again.')
    await user.click(screen.getByRole('button', { name: 'Take the view on harbour' }))
    expect(backend.called('answer').at(-1)).toEqual(['q1', 'theirs'])
    await waitFor(() => expect(screen.queryByText('The view on harbour was replaced')).toBeNull())
  })

  it('switches to another primary', async () => {
    const { user, backend } = await panel()
    await user.click(screen.getByRole('button', { name: 'Switch to lighthouse' }))
    expect(backend.called('logInKnown')).toEqual([['v2']])
  })

  it('forgets another primary after asking', async () => {
    const { user, backend } = await panel()
    await user.click(screen.getByRole('button', { name: 'Forget lighthouse on this machine' }))
    await user.click(screen.getByRole('button', { name: 'Forget lighthouse' }))
    expect(backend.called('forgetPrimary')).toEqual([['v2']])
  })

  it.each([
    ['Log out', false],
    ['Log out and forget', true],
  ])('%s', async (button, forget) => {
    const { user, backend } = await panel({ sync: { ...base, state: 'local' } })
    await user.click(screen.getByRole('button', { name: 'Log out…' }))
    if (forget) {
      await user.click(screen.getByRole('radio', { name: /Forget them/ }))
      expect(screen.getByText(/will be lost/)).toBeVisible()
    }
    await user.click(screen.getByRole('button', { name: button }))
    expect(backend.called('logOut')).toEqual([[forget]])
  })
})
