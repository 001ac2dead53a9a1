import { act, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, richMembers } from '../../test/fleetFixtures'
import { renderPage } from '../../test/render'
import { ExplorePage } from './ExplorePage'

beforeEach(() => localStorage.clear())

async function page(rows = 300) {
  const backend = new FakeBackend({ fleet: fleetOf(richMembers()) })
  if (rows !== 300) backend.pane.fill('pods', rows)
  const ways = { onExplore: vi.fn(), onOpen: vi.fn(), onLogs: vi.fn() }
  const view = await renderPage(<ExplorePage seed={null} {...ways} />, backend)
  const first = await screen.findByRole('row', { name: 'api-0000' })
  act(() => first.focus())
  return { ...view, ...ways, pane: backend.pane }
}

const row = (name: string) => screen.getByRole('row', { name })

describe('keys on the rows', () => {
  it('move by row and page, to both ends of 100,000 rows, with one row in the tab order', async () => {
    const { user } = await page(100_000)
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toHaveAttribute('aria-rowindex', '3')
    await user.keyboard('{End}')
    await waitFor(() => expect(document.activeElement).toHaveAttribute('aria-rowindex', '100001'))
    await user.keyboard('{ArrowDown}{PageUp}')
    expect(Number(document.activeElement?.getAttribute('aria-rowindex'))).toBeLessThan(100_001 - 5)
    expect(screen.getAllByRole('row').filter((r) => r.tabIndex === 0)).toEqual([document.activeElement])
    await user.keyboard('{Home}')
    await waitFor(() => expect(row('api-0000')).toHaveFocus())
  }, 60_000)

  it('go to the next name that begins as it is typed', async () => {
    const { user } = await page()
    await user.keyboard('cache')
    await waitFor(() => expect(document.activeElement).toHaveAttribute('data-key'))
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^cache-/))
  })

  it('open, and give the actions of the row', async () => {
    const { user, onOpen, onLogs } = await page()
    await user.keyboard('{Enter}')
    expect(onOpen).toHaveBeenCalledWith({
      member: 'm1',
      kind: 'pods',
      namespace: 'payments',
      name: 'api-0000',
      uid: '',
    })
    await user.keyboard('.')
    expect(screen.getByRole('menu', { name: 'Actions for api-0000' })).toBeVisible()
    await user.click(screen.getByRole('menuitem', { name: 'Logs' }))
    expect(onLogs).toHaveBeenCalledOnce()
    expect(row('api-0000')).toHaveFocus()
    await user.keyboard('{Shift>}{F10}{/Shift}')
    await user.click(screen.getByRole('menuitem', { name: 'Show only the namespace payments' }))
    expect(screen.getByRole('button', { name: 'Remove the filter Namespace payments' })).toBeVisible()
  })

  it('Escape clears the search first, then the filters', async () => {
    const { user } = await page()
    await user.keyboard('.')
    await user.click(screen.getByRole('menuitem', { name: 'Show only harbour' }))
    await user.click(screen.getByRole('searchbox', { name: 'Search Pods' }))
    await user.keyboard('api')
    await screen.findByText('8 of 300 rows')
    act(() => row('api-0000').focus())
    await user.keyboard('{Escape}')
    await screen.findByText('60 of 300 rows')
    act(() => row('api-0000').focus())
    await user.keyboard('{Escape}')
    await screen.findByText('300 rows')
  })
})

describe('the row that has the focus', () => {
  it('keeps it while others come before it', async () => {
    const { user, pane } = await page()
    await user.keyboard('{ArrowDown}{ArrowDown}')
    const held = document.activeElement
    expect(held).toHaveAccessibleName('api-000g')
    pane.change('pods', (table) => {
      const like = table.rows[0]
      if (like) table.rows.push({ ...like, key: 'new', name: 'aaa' })
    })
    await screen.findByText('301 rows')
    await waitFor(() => expect(held).toHaveAttribute('aria-rowindex', '5'))
    expect(held).toHaveFocus()
    expect(held).toHaveAccessibleName('api-000g')
  })

  it('hands it to its neighbour when it goes', async () => {
    const { user, pane } = await page()
    await user.keyboard('{ArrowDown}')
    pane.change('pods', (table) => {
      table.rows = table.rows.filter((r) => r.name !== 'api-0008')
    })
    await waitFor(() => expect(row('api-000g')).toHaveFocus())
  })
})
