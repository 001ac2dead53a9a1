import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Seed } from '../../lib/places'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, manyMembers, richMembers } from '../../test/fleetFixtures'
import { filter, kind } from '../../test/paneFixtures'
import { expectNoViolations, renderPage } from '../../test/render'
import { ExplorePage } from './ExplorePage'

beforeEach(() => localStorage.clear())

interface Given {
  seed?: Seed | null
  backend?: FakeBackend
  prepare?: (backend: FakeBackend) => void
}

async function page({ seed = null, backend, prepare }: Given = {}) {
  const made = backend ?? new FakeBackend({ fleet: fleetOf(richMembers()) })
  prepare?.(made)
  const ways = { onExplore: vi.fn(), onOpen: vi.fn(), onLogs: vi.fn() }
  const view = await renderPage(<ExplorePage seed={seed} {...ways} />, made)
  return { ...view, ...ways, pane: made.pane }
}

const rows = () => screen.getAllByRole('row').filter((row) => row.hasAttribute('data-key'))
const named = (name: string | RegExp) => screen.findByRole('row', { name })
const asked = (backend: FakeBackend) => backend.called('pane.window').map(([query]) => query as { filter: object })

describe('the table', () => {
  it('shows pods of all members first, with the server’s columns beside member, namespace and age', async () => {
    await page()
    await named('api-0000')
    expect(screen.getByRole('heading', { name: 'Pods' })).toBeVisible()
    expect(screen.getByText('300 rows')).toBeVisible()
    const titles = screen.getAllByRole('columnheader').map((h) => h.textContent)
    expect(titles).toEqual(['Cluster', 'Namespace', 'Name', 'Ready', 'Status', 'Restarts', 'Age', 'Actions'])
    expect(within(await named('api-0000')).getByText('harbour')).toBeVisible()
    expect(screen.getByRole('grid', { name: 'Pods' })).toHaveAttribute('aria-rowcount', '301')
    await expectNoViolations()
  })

  it('says what is wrong with a row in words, and not by colour alone', async () => {
    await page({ seed: { kind: 'pods', filter: { tones: ['bad'] } } })
    await waitFor(() => expect(rows()[0]).toHaveTextContent('Bad: CrashLoopBackOff'))
  })

  it('sorts by a column up, down, and then as before; the view remembers it', async () => {
    const { user, pane } = await page()
    await named('api-0000')
    const header = screen.getByRole('columnheader', { name: 'Restarts' })
    const press = () => user.click(within(header).getByRole('button', { name: 'Restarts' }))
    await press()
    expect(header).toHaveAttribute('aria-sort', 'ascending')
    await press()
    expect(header).toHaveAttribute('aria-sort', 'descending')
    await waitFor(() => expect(rows()[0]).toHaveTextContent('6 (3m ago)'))
    await waitFor(() =>
      expect(pane.catalogNow.layouts).toMatchObject([{ kind: 'pods', sort: 'c:Restarts', desc: true }]),
    )
    await press()
    expect(header).toHaveAttribute('aria-sort', 'none')
    await named('api-0000')
  })

  it('shows the columns that were chosen, in their order, and remembers them', async () => {
    const { user, pane } = await page()
    await named('api-0000')
    await user.click(screen.getByRole('button', { name: 'Choose columns' }))
    const dialog = screen.getByRole('dialog')
    await user.click(within(dialog).getByRole('checkbox', { name: 'Node' }))
    await user.click(within(dialog).getByRole('checkbox', { name: 'Ready' }))
    await user.click(within(dialog).getByRole('button', { name: 'Move Node up' }))
    await expectNoViolations()
    await user.click(within(dialog).getByRole('button', { name: 'Save' }))
    const titles = screen.getAllByRole('columnheader').map((h) => h.textContent)
    expect(titles).toEqual(['Cluster', 'Namespace', 'Name', 'Status', 'Restarts', 'Node', 'Age', 'Actions'])
    const columns = ['member', 'namespace', 'name', 'c:Status', 'c:Restarts', 'c:Node', 'age']
    await waitFor(() => expect(pane.catalogNow.layouts).toMatchObject([{ kind: 'pods', columns }]))
  })

  it('changes a column’s width by keyboard, and remembers it', async () => {
    const { user, pane } = await page()
    await named('api-0000')
    within(screen.getByRole('columnheader', { name: 'Status' }))
      .getByRole('button')
      .focus()
    await user.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}')
    await waitFor(() => expect(pane.catalogNow.layouts[0]?.widths['c:Status']).toBe(160 + 32))
  })

  it('shows what changes, and renders no other row', async () => {
    const { pane } = await page()
    const other = within(await named('api-0008')).getByText('quay-7')
    pane.change('pods', (table) => {
      table.rows = table.rows.map((r) => (r.name === 'api-0000' ? { ...r, cells: ['0/1', 'Evicted', '9', '', ''] } : r))
    })
    await waitFor(() => expect(rows()[0]).toHaveTextContent('Evicted'))
    expect(within(await named('api-0008')).getByText('quay-7')).toBe(other)
  })
})

describe('what it says of each member', () => {
  it('names rows, states and reasons, and lists again on demand', async () => {
    const { user, backend } = await page({ seed: { kind: 'deployments.apps' } })
    await screen.findByRole('list', { name: 'Clusters of this table' })
    expect(screen.getByText('Partial: rows of 3 clusters may be missing or old')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'lock-keeper is denied: why' }))
    const why = screen.getByRole('dialog', { name: 'lock-keeper in this table' })
    expect(why).toHaveTextContent('ana may not list this: forbidden by RBAC.')
    expect(why).toHaveTextContent('resources: ["deployments"]')
    await expectNoViolations()
    await user.click(within(why).getByRole('button', { name: 'Try again' }))
    expect(backend.called('pane.refreshTable')).toEqual([['deployments.apps', ['m6']]])
  })

  it('tells many members in one line, and filters by one of them', async () => {
    const states = Object.fromEntries(
      manyMembers(20).map((m, i) => [m.id, i === 3 ? 'stale' : i === 7 ? 'denied' : 'live'] as const),
    )
    const { user } = await page({
      backend: new FakeBackend({ fleet: fleetOf(manyMembers(20)) }),
      prepare: (b) => b.pane.fill('pods', 190, states),
    })
    await user.click(await screen.findByRole('button', { name: '20 clusters: 18 live, 1 denied, 1 stale' }))
    await user.click(screen.getByRole('button', { name: 'Filter by cluster-001: 10 rows' }))
    expect(await screen.findByText('10 of 190 rows')).toBeVisible()
    await expectNoViolations()
  })
})

describe('filters', () => {
  it('searches as one types, and Escape clears it', async () => {
    const { user, backend } = await page()
    await named('api-0000')
    await user.keyboard('/')
    expect(screen.getByRole('searchbox', { name: 'Search Pods' })).toHaveFocus()
    await user.keyboard('ledger')
    expect(await screen.findByText('38 of 300 rows')).toBeVisible()
    expect(asked(backend).filter((q) => 'search' in q.filter && q.filter.search !== '').length).toBeLessThan(4)
    await user.keyboard('{Escape}')
    expect(await screen.findByText('300 rows')).toBeVisible()
  })

  it('shows what is new alone, by a choice that is a chip, too', async () => {
    const prepare = (b: FakeBackend) =>
      b.pane.change('pods', (table) => {
        table.rows = table.rows.map((r, i) => ({ ...r, created: Date.now() - (i < 7 ? 600_000 : 90_000_000) }))
      })
    const { user, backend } = await page({ prepare })
    await named('api-0000')
    await user.click(screen.getByRole('button', { name: 'Filter by time' }))
    const panel = screen.getByRole('dialog', { name: 'Filter by time' })
    await user.click(within(panel).getByRole('radio', { name: 'In the last hour' }))
    expect(await screen.findByText('7 of 300 rows')).toBeVisible()
    await expectNoViolations()
    await user.keyboard('{Escape}')
    expect(screen.getByRole('button', { name: 'Filter by time: 1 chosen' })).toBeVisible()
    expect(asked(backend).at(-1)?.filter).toMatchObject({ within: 3600 })
    await user.click(screen.getByRole('button', { name: 'Remove the filter Created in the last hour' }))
    expect(await screen.findByText('300 rows')).toBeVisible()
  })

  it('filters by namespace from a list with numbers; each is a chip that can be removed', async () => {
    const { user } = await page()
    await named('api-0000')
    await user.click(screen.getByRole('button', { name: 'Filter by namespace' }))
    const panel = screen.getByRole('dialog', { name: 'Filter by namespace' })
    await user.click(await within(panel).findByRole('checkbox', { name: /^payments\s*\d+$/ }))
    await user.click(within(panel).getByRole('checkbox', { name: /^shop\s*\d+$/ }))
    await expectNoViolations()
    await user.keyboard('{Escape}')
    await user.click(screen.getByRole('button', { name: 'Remove the filter Namespace payments' }))
    expect(screen.queryByText('payments', { selector: 'li *' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Clear all' }))
    expect(await screen.findByText('300 rows')).toBeVisible()
  })

  it('filters by group of members and by how rows are', async () => {
    const { user, backend } = await page()
    await named('api-0000')
    await user.click(screen.getByRole('button', { name: 'Filter by cluster' }))
    await user.click(screen.getByRole('checkbox', { name: /^Europe/ }))
    await user.keyboard('{Escape}')
    await user.click(screen.getByRole('button', { name: 'Filter by status' }))
    await user.click(await screen.findByRole('checkbox', { name: /^Warning\s*\d+$/ }))
    await waitFor(() =>
      expect(asked(backend).at(-1)).toMatchObject({ filter: { groups: ['Europe'], tones: ['warning'] } }),
    )
  })

  it('says what is wrong with a label selector', async () => {
    const { user } = await page()
    await named('api-0000')
    await user.click(screen.getByRole('button', { name: 'Filter by label' }))
    await user.type(screen.getByRole('textbox', { name: 'Label selector' }), 'app in({Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('“app in(” is no label selector')
    await expectNoViolations()
    await user.clear(screen.getByRole('textbox', { name: 'Label selector' }))
    await user.keyboard('app=ledger{Enter}')
    expect(await screen.findByText('38 of 300 rows')).toBeVisible()
  })

  it('saves a filter, picks it, renames it, overwrites it and removes it', async () => {
    const { user, pane } = await page({ seed: { kind: 'pods', filter: { namespaces: ['shop'] } } })
    const open = () => user.click(screen.getByRole('button', { name: 'Saved filters' }))
    const act = async (item: string) => {
      await open()
      await user.click(screen.getByRole('button', { name: /^Actions for the filter (Shop|Market)/ }))
      await user.click(screen.getByRole('menuitem', { name: item }))
    }
    await screen.findByRole('grid', { name: 'Pods' })
    await open()
    await user.click(screen.getByRole('button', { name: 'Save the present filter…' }))
    await user.type(await screen.findByRole('textbox', { name: /Name/ }), 'Shop')
    await expectNoViolations()
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(pane.catalogNow.filters.map((f) => f.name)).toContain('Shop'))

    await act('Rename…')
    const box = await screen.findByRole('textbox', { name: /Name/ })
    await user.clear(box)
    await user.type(box, 'Market{Enter}')
    await waitFor(() => expect(pane.catalogNow.filters.map((f) => f.name)).toContain('Market'))

    await user.click(screen.getByRole('button', { name: 'Clear all' }))
    await open()
    await user.click(screen.getByRole('button', { name: 'Market' }))
    expect(screen.getByRole('button', { name: 'Remove the filter Namespace shop' })).toBeVisible()

    await user.click(screen.getByRole('button', { name: 'Filter by quay-7: 60 rows' }))
    await act('Overwrite with the present filter')
    await waitFor(() =>
      expect(pane.catalogNow.filters.find((f) => f.name === 'Market')?.filter).toEqual(
        filter({ namespaces: ['shop'], members: ['m10'] }),
      ),
    )
    await act('Remove…')
    await user.click(await screen.findByRole('button', { name: 'Remove Market' }))
    await waitFor(() => expect(pane.catalogNow.filters.map((f) => f.name)).not.toContain('Market'))
  })
})

describe('the picker', () => {
  it('finds a kind by its short name and remembers it', async () => {
    const { user, unmount } = await page()
    await named('api-0000')
    await user.keyboard('k')
    await waitFor(() => expect(screen.getByRole('searchbox', { name: 'Search kinds' })).toHaveFocus())
    await user.keyboard('deploy')
    const found = screen.getByRole('list', { name: 'Found kinds' })
    expect(within(found).getAllByRole('listitem')[0]).toHaveTextContent('Deployments')
    await expectNoViolations()
    await user.keyboard('{Enter}')
    expect(await screen.findByRole('heading', { name: 'Deployments' })).toBeVisible()
    unmount()
    await page()
    expect(await screen.findByRole('heading', { name: 'Deployments' })).toBeVisible()
  })

  it('says how many members serve a kind, and keeps favourites', async () => {
    const { user, pane } = await page()
    await named('api-0000')
    await user.click(screen.getByRole('button', { name: 'cert-manager.io' }))
    const kinds = screen.getByRole('region', { name: 'cert-manager.io' })
    expect(within(kinds).getByRole('button', { name: 'Issuers, 2/7 clusters serve it' })).toBeVisible()
    await user.click(within(kinds).getByRole('button', { name: 'Favourite: Issuers' }))
    await waitFor(() => expect(pane.catalogNow.favourites).toContain('issuers.cert-manager.io'))
    const favourites = screen.getByRole('region', { name: 'Favourites' })
    await waitFor(() => expect(favourites).toHaveTextContent('Issuers'))
  })

  it('goes by arrows through what is open, opens parts and folds away', async () => {
    const { user } = await page()
    await named('api-0000')
    await user.click(screen.getByRole('searchbox', { name: 'Search kinds' }))
    await user.keyboard('{ArrowDown}{ArrowLeft}{ArrowDown}')
    expect(screen.getByRole('button', { name: 'Recent' })).toHaveFocus()
    await user.keyboard('{End}{ArrowRight}{ArrowDown}{Enter}')
    expect(await screen.findByRole('heading', { name: 'Certificates' })).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Hide the kinds' }))
    expect(screen.queryByRole('searchbox', { name: 'Search kinds' })).toBeNull()
    expect(screen.getByRole('button', { name: 'Show the kinds' })).toBeVisible()
  })
})

describe('links from elsewhere', () => {
  it('replace kind, filter and order; the same link again changes nothing', async () => {
    const seed: Seed = { kind: 'pods', filter: { tones: ['bad'] }, sort: 'age', desc: true }
    const { rerender, backend, user } = await page({ seed: { kind: 'nodes' } })
    expect(await screen.findByRole('heading', { name: 'Nodes' })).toBeVisible()
    const { Providers } = await import('../../app/Providers')
    const ways = { onExplore: vi.fn(), onOpen: vi.fn(), onLogs: vi.fn() }
    const show = () =>
      rerender(
        <Providers backend={backend}>
          <main>
            <ExplorePage seed={seed} {...ways} />
          </main>
        </Providers>,
      )
    show()
    expect(await screen.findByRole('heading', { name: 'Pods' })).toBeVisible()
    await waitFor(() => expect(asked(backend).at(-1)).toMatchObject(seed))
    await user.click(screen.getByRole('button', { name: 'Clear all' }))
    show()
    expect(screen.queryByRole('button', { name: 'Clear all' })).toBeNull()
    expect(backend.called('pane.saveTableLayout')).toEqual([])
  })
})

describe('when there is nothing to show', () => {
  const states: Record<string, [prepare: (b: FakeBackend) => void, words: string]> = {
    'no member has any': [(b) => b.pane.fill('pods', 0, { m1: 'live' }), 'There are no Pods'],
    'all say no': [(b) => b.pane.fill('pods', 0, { m1: 'denied', m2: 'denied' }), 'You may not see Pods'],
    'they are on their way': [(b) => b.pane.fill('pods', 0, { m1: 'listing', m2: 'live' }), 'Reading Pods'],
    'some can’t tell': [(b) => b.pane.fill('pods', 0, { m1: 'failed', m2: 'live' }), 'No Pods to be seen'],
    'no kind is known': [(b) => b.pane.changeCatalog({ kinds: [] }), 'Nothing to explore yet'],
    'kinds are being learnt': [
      (b) => b.pane.changeCatalog({ kinds: [], learning: ['m1'] }),
      'Learning what your clusters serve',
    ],
  }
  it.each(Object.entries(states))('says why: %s', async (_, [prepare, words]) => {
    await page({ prepare })
    expect(await screen.findByRole('heading', { name: words })).toBeVisible()
    await expectNoViolations()
  })

  it('offers to clear the filters that leave nothing', async () => {
    const { user } = await page({ seed: { kind: 'pods', filter: { search: 'nothing-is-called-so' } } })
    expect(await screen.findByRole('heading', { name: 'No Pods match' })).toBeVisible()
    expect(screen.getByText('0 of 300 rows')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Clear filters' }))
    await named('api-0000')
  })

  it('says so when the kind of a link is served nowhere', async () => {
    await page({ seed: { kind: 'sloops.example.net' } })
    expect(await screen.findByRole('heading', { name: 'No cluster serves sloops.example.net' })).toBeVisible()
  })

  it('shows what failed and tries again', async () => {
    const { user } = await page({ prepare: (b) => b.fail('pane.window', { message: 'The table can’t be read.' }) })
    expect(await screen.findByRole('alert')).toHaveTextContent('The table can’t be read.')
    await expectNoViolations()
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await named('api-0000')
  })

  it('shows what failed of the catalog and tries again', async () => {
    const { user } = await page({ prepare: (b) => b.fail('pane.catalog') })
    await user.click(await screen.findByRole('button', { name: 'Try again' }))
    await named('api-0000')
  })

  it('keeps its rows when reading fails later', async () => {
    const { backend, pane } = await page()
    await named('api-0000')
    backend.fail('pane.window')
    pane.change('pods', () => undefined)
    expect(await screen.findByRole('alert')).toHaveTextContent('It broke.')
    await named('api-0000')
  })
})

it('shows hostile text for what it is', async () => {
  await page({
    prepare: (b) => {
      b.pane.changeCatalog({ kinds: [kind('pods', 'Pod', 'workloads')] })
      b.pane.change('pods', (table) => {
        table.rows = table.rows.map((r, i) => (i === 0 ? { ...r, name: 'a!\u202Eb', namespace: '<img src=x>' } : r))
      })
    },
  })
  expect(await screen.findByText('a!⟨202E⟩b')).toBeVisible()
  expect(screen.getByText('<img src=x>')).toBeVisible()
})
