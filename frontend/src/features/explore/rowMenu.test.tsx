import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, manyMembers } from '../../test/fleetFixtures'
import { expectNoViolations, renderPage } from '../../test/render'
import { ExplorePage } from './ExplorePage'

describe('the logs of a row in all clusters', () => {
  const row = { member: 'm1', kind: 'pods', namespace: 'payments', name: 'api-0000', uid: '' }
  async function menu(prepare: (b: FakeBackend) => void) {
    const backend = new FakeBackend({ fleet: fleetOf(manyMembers(3)) })
    prepare(backend)
    const ways = { onExplore: vi.fn(), onOpen: vi.fn(), onLogs: vi.fn() }
    const view = await renderPage(<ExplorePage seed={null} {...ways} />, backend)
    await screen.findByRole('row', { name: 'api-0000' })
    await view.user.click(screen.getByRole('button', { name: 'Actions for api-0000' }))
    return { ...view, ...ways }
  }

  it('open as one', async () => {
    const { user, onLogs } = await menu((b) => {
      b.objects.elsewhere = { members: ['m2', 'm3'], unsure: [] }
    })
    await user.click(await screen.findByRole('menuitem', { name: 'Logs in all 3 clusters' }))
    expect(onLogs).toHaveBeenCalledWith([row, { ...row, member: 'm2' }, { ...row, member: 'm3' }])
  })

  it('are refused in words where there are none', async () => {
    const { user, onLogs } = await menu((b) => {
      b.objects.elsewhere = { members: [], unsure: [{ member: 'm2', why: 'It hangs.' }] }
    })
    const item = screen.getByRole('menuitem', { name: 'Logs in all clusters' })
    const words = 'No other cluster is known to have it; 1 cluster can’t tell now.'
    await waitFor(() => expect(item).toHaveAttribute('title', words))
    expect(item).toHaveAttribute('aria-disabled', 'true')
    await user.click(item)
    expect(onLogs).not.toHaveBeenCalled()
    await expectNoViolations()
  })
})
