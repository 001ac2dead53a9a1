import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ClusterSeed } from '../../lib/places'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, manyMembers, narrowLayout, someMembers } from '../../test/fleetFixtures'
import { expectNoViolations, renderPage } from '../../test/render'
import { ClustersPage } from './ClustersPage'

const members = () => someMembers('harbour', 'breakwater', 'drydock', 'lock-keeper', 'outer-buoy')

async function page(backend = new FakeBackend({ fleet: fleetOf(members(), narrowLayout) }), seed: ClusterSeed = {}) {
  const onAdd = vi.fn()
  const onGiveCredentials = vi.fn()
  const view = await renderPage(
    <ClustersPage {...{ seed, onAdd, onGiveCredentials }} onSignIn={vi.fn()} onProgram={vi.fn()} />,
    backend,
  )
  return { ...view, onAdd, onGiveCredentials }
}

const row = (name: string) => screen.findByRole('row', { name })
const shownNames = () =>
  screen
    .getAllByRole('row')
    .map((r) => r.getAttribute('aria-label') ?? '')
    .filter(Boolean)

afterEach(() => vi.restoreAllMocks())

describe('the clusters page', () => {
  it('shows every member with its state, and breaks no accessibility rule', async () => {
    await page(new FakeBackend({ fleet: fleetOf(members()) }))
    expect(within(await row('outer-buoy')).getByText('Unreachable')).toBeVisible()
    expect(within(await row('harbour')).getByText('Primary')).toBeVisible()
    expect(within(await row('drydock')).getByText('unverified')).toBeVisible()
    expect(screen.getByText('5 clusters')).toBeVisible()
    await expectNoViolations()
  })

  it('searches as one types, says how many match, and clears', async () => {
    const { user } = await page()
    await row('harbour')
    await user.keyboard('/')
    expect(screen.getByRole('searchbox', { name: 'Search clusters' })).toHaveFocus()
    await user.keyboard('site=north')
    expect(shownNames()).toEqual(['outer-buoy'])
    expect(screen.getByText('1 of 5 clusters')).toBeVisible()
    await user.clear(screen.getByRole('searchbox', { name: 'Search clusters' }))
    await user.keyboard('zulu')
    expect(screen.getByRole('heading', { name: 'No cluster matches' })).toBeVisible()
    await user.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] ?? document.body)
    expect(screen.getByText('5 clusters')).toBeVisible()
  })

  it('begins with the clusters that it is sent to, and shows why', async () => {
    const { user } = await page(undefined, { states: ['unreachable'], search: 'buoy' })
    await row('outer-buoy')
    expect(shownNames()).toEqual(['outer-buoy'])
    expect(screen.getByRole('searchbox', { name: 'Search clusters' })).toHaveValue('buoy')
    await user.click(screen.getByRole('button', { name: 'Clear filters' }))
    expect(screen.getByText('5 clusters')).toBeVisible()
  })

  it('filters by state through the menu', async () => {
    const { user } = await page()
    await row('harbour')
    await user.click(screen.getByRole('button', { name: 'Filter by state' }))
    await user.click(screen.getByRole('menuitemcheckbox', { name: /Denied/ }))
    expect(screen.getByRole('menuitemcheckbox', { name: /Denied/ })).toBeChecked()
    await user.keyboard('{Escape}')
    expect(shownNames()).toEqual(['lock-keeper'])
    await waitFor(() => expect(screen.getByRole('button', { name: 'Filter by state (1)' })).toHaveFocus())
  })

  it('sorts by a header and saves that in the view', async () => {
    const { user, backend } = await page()
    await row('harbour')
    await user.click(screen.getByRole('button', { name: 'Name' }))
    await waitFor(() => expect(shownNames()[0]).toBe('breakwater'))
    expect(screen.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending')
    expect(backend.called('saveLayout')[0]?.[0]).toMatchObject({ sort: 'name', desc: false })
  })

  it('groups, and closes a group', async () => {
    const { user } = await page()
    await row('harbour')
    await user.click(screen.getByRole('button', { name: 'Group by: none' }))
    await user.click(screen.getByRole('menuitemcheckbox', { name: 'group' }))
    await user.keyboard('{Escape}')
    await user.click(await screen.findByRole('button', { name: 'Edge 1' }))
    expect(screen.queryByRole('row', { name: 'outer-buoy' })).toBeNull()
    expect(screen.getByRole('button', { name: 'Edge 1' })).toHaveAttribute('aria-expanded', 'false')
  })

  it('chooses columns', async () => {
    const { user, backend } = await page()
    await row('harbour')
    await user.click(screen.getByRole('button', { name: 'Choose columns' }))
    await user.click(await screen.findByRole('checkbox', { name: 'Server' }))
    await user.click(screen.getByRole('checkbox', { name: 'Latency' }))
    await user.click(screen.getByRole('checkbox', { name: 'State' }))
    await user.click(screen.getByRole('button', { name: 'Move Server up' }))
    await user.click(screen.getByRole('button', { name: 'Save' }))
    const saved = backend.called('saveLayout')[0]?.[0]
    expect(saved).toMatchObject({
      columns: ['name', 'server', 'latency'],
    })
    expect(await screen.findByRole('columnheader', { name: 'Server' })).toBeVisible()
    expect(screen.queryByRole('columnheader', { name: 'State' })).toBeNull()
  })

  it('offers to add clusters when there are none', async () => {
    const { user, onAdd } = await page(new FakeBackend({ fleet: fleetOf([]) }))
    expect(await screen.findByRole('heading', { name: 'No clusters in your view yet' })).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Add clusters' }))
    expect(onAdd).toHaveBeenCalled()
    await expectNoViolations()
  })

  it('says when the clusters can’t be read, and tries again', async () => {
    const backend = new FakeBackend({ fleet: fleetOf(members()) })
    backend.fail('fleet', { message: 'The fleet is not there.', hint: 'Wait a moment.' })
    const { user } = await page(backend)
    expect(await screen.findByRole('alert')).toHaveTextContent('The fleet is not there.')
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await row('harbour')).toBeVisible()
  })

  it('puts only rows in sight into the document when there are many', async () => {
    vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
    await page(new FakeBackend({ fleet: fleetOf(manyMembers(400), narrowLayout) }))
    await row('cluster-001')
    expect(screen.getByRole('grid', { name: 'Clusters' })).toHaveAttribute('aria-rowcount', '401')
    expect(shownNames().length).toBeLessThan(60)
  })
})
