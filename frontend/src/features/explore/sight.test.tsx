import { act, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, richMembers } from '../../test/fleetFixtures'
import { renderPage } from '../../test/render'
import type { TableQuery } from '../../wails/model'
import { ExplorePage } from './ExplorePage'

beforeEach(() => localStorage.clear())

it('asks for the top of another question’s rows, and never for those where the last one’s were', async () => {
  const backend = new FakeBackend({ fleet: fleetOf(richMembers()) })
  backend.pane.fill('pods', 20_000)
  const ways = { onExplore: vi.fn(), onOpen: vi.fn(), onLogs: vi.fn() }
  const { user } = await renderPage(<ExplorePage seed={null} {...ways} />, backend)
  const first = await screen.findByRole('row', { name: 'api-0000' })
  act(() => first.focus())
  await user.keyboard('{End}')
  await waitFor(() => expect(document.activeElement).toHaveAttribute('aria-rowindex', '20001'))

  const before = backend.called('pane.window').length
  await user.click(screen.getByRole('button', { name: 'Restarts' }))
  await waitFor(() => expect(screen.getByRole('grid')).toHaveAttribute('aria-busy', 'false'))
  await waitFor(() => expect(screen.getAllByRole('row')[1]).toHaveAttribute('aria-rowindex', '2'))
  const asked = (backend.called('pane.window').slice(before) as [TableQuery][]).map(([query]) => query)
  const sorted = asked.filter((query) => query.sort === 'c:Restarts')
  expect(sorted.length).toBeGreaterThan(0)
  expect(sorted.filter((query) => query.offset > 1_000)).toEqual([])
})
