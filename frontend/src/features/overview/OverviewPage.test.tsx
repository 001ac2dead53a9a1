import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, richMembers } from '../../test/fleetFixtures'
import { count, emptyOverview, partMember, richOverview, warning } from '../../test/overviewFixtures'
import { expectNoViolations, renderPage } from '../../test/render'
import type { Overview } from '../../wails/model'
import { OverviewPage } from './OverviewPage'

async function page(overview: Overview = richOverview(), backend = new FakeBackend({ fleet: fleetOf(richMembers()) })) {
  backend.pane.overviewNow = overview
  const ways = { onClusters: vi.fn(), onMember: vi.fn(), onExplore: vi.fn(), onOpen: vi.fn(), onLogs: vi.fn() }
  const view = await renderPage(<OverviewPage {...ways} />, backend)
  return { ...view, ...ways }
}

const part = (name: string) => screen.findByRole('region', { name })
const button = (name: string | RegExp) => screen.findByRole('button', { name })

describe('the overview', () => {
  it('shows every part, and breaks no accessibility rule', async () => {
    await page()
    for (const name of [
      'Clusters',
      'Pods',
      'Nodes',
      'Workloads',
      'Warnings of the last hour',
      'Ending soon',
      'Kubernetes versions',
    ])
      expect(await part(name)).toBeVisible()
    await expectNoViolations()
  })

  it.each<[string, object]>([
    ['2,576 pods: show all', { kind: 'pods' }],
    ['CrashLoopBackOff 12 pods', { kind: 'pods', filter: expect.objectContaining({ status: ['CrashLoopBackOff'] }) }],
    ['NotReady 1 node', { kind: 'nodes', filter: expect.objectContaining({ status: ['NotReady'] }) }],
    [
      '5 not ready Deployments',
      { kind: 'deployments.apps', filter: expect.objectContaining({ tones: ['bad', 'warning', 'busy'] }) },
    ],
    [
      '402 ready Deployments',
      { kind: 'deployments.apps', filter: expect.objectContaining({ tones: ['good', 'none'] }) },
    ],
    [
      '275 warnings: show all',
      {
        kind: 'events',
        filter: expect.objectContaining({ cells: [], status: ['Warning'], within: 3600 }),
        sort: 'c:Last Seen',
        desc: true,
      },
    ],
    [
      'BackOff 214 warnings',
      { kind: 'events', filter: expect.objectContaining({ cells: ['c:Reason=BackOff'], within: 3600 }) },
    ],
    [
      'BackOff in breakwater',
      { filter: expect.objectContaining({ cells: ['c:Reason=BackOff'], within: 3600, members: ['m3'] }) },
    ],
  ])('leads from “%s” to its rows', async (name, seed) => {
    const { user, onExplore } = await page()
    await user.click(await button(name))
    expect(onExplore).toHaveBeenCalledWith(expect.objectContaining(seed))
  })

  it.each<[string, unknown[]]>([
    ['16 clusters: show them', []],
    ['Unreachable 1 cluster', [{ states: ['unreachable'] }]],
    ['v1.33.0 2 clusters', [{ search: 'v1.33.0' }]],
  ])('leads from “%s” to those clusters', async (name, told) => {
    const { user, onClusters } = await page()
    await user.click(await button(name))
    expect(onClusters).toHaveBeenCalledWith(...told)
  })

  it('leads from what ends to its cluster', async () => {
    const { user, onMember } = await page()
    await user.click(await button(/^Your credential breakwater ends in/))
    expect(onMember).toHaveBeenCalledWith('m3')
  })

  it('opens a workload that is not ready, the worst first, and its logs', async () => {
    const { user, onOpen, onLogs } = await page()
    const list = await screen.findByRole('list', { name: 'Workloads not ready' })
    const [first] = within(list).getAllByRole('button', { name: / in / })
    expect(first).toHaveAccessibleName('settlement-reconciliation-worker-eu-west Deployment in breakwater / payments')
    await user.click(await button('checkout Deployment in harbour / payments'))
    const ref = { member: 'm1', kind: 'deployments.apps', namespace: 'payments', name: 'checkout', uid: '' }
    expect(onOpen).toHaveBeenCalledWith(ref)
    await user.click(await button('Logs of checkout'))
    expect(onLogs).toHaveBeenCalledWith([ref])
    expect(within(list).getByText('and 1 more')).toBeVisible()
  })

  it('says how many clusters are counted in full, and of the others how they stand and why', async () => {
    const { user } = await page()
    const pods = within(await part('Pods'))
    const why = pods.getByRole('button', { name: 'Pods: 5 of 8 clusters are counted in full. Why?' })
    expect(pods.getByText('lock-keeper')).not.toBeVisible()
    await user.click(why)
    expect(why).toHaveAttribute('aria-expanded', 'true')
    const told = pods.getAllByRole('listitem').map((li) => li.textContent)
    expect(told).toContain('lock-keeper does not let you see these. ana may not list pods here.')
    expect(told).toContain('outer-buoy does not answer (counted as it was 17 min ago). No answer within 5 s.')
    expect(told).toContain('quay-7 is counted in part. ana may not list namespaces here. Not seen: kube-system, vault.')
    await expectNoViolations()
  })

  it('tells what lies between the versions', async () => {
    await page()
    expect(
      within(await part('Kubernetes versions')).getByText(/v1\.27 is 7 minor versions behind v1\.34/),
    ).toBeVisible()
  })

  it('shows the most telling statuses and reasons, and the others when asked', async () => {
    const statuses = Array.from({ length: 12 }, (_, i) => count('pods', `Odd-${i}`, 'bad', i + 1))
    const reasons = Array.from({ length: 9 }, (_, i) => warning(`Reason${i}`, 'It broke.', 9 - i, ['m1'], 1000))
    const { user } = await page(richOverview({ pods: statuses, warnings: reasons }))
    expect(screen.queryByRole('button', { name: 'Odd-0 1 pod' })).toBeNull()
    await user.click(await button('4 more statuses'))
    expect(await button('Odd-0 1 pod')).toBeVisible()
    await user.click(await button('3 more reasons'))
    expect(await button('Reason8 1 warning')).toBeVisible()
  })

  it('shows text of the clusters as text', async () => {
    await page(
      richOverview({ warnings: [warning('Evil\u202E', '<img src=x onerror=alert(1)>\u001B[31m', 1, ['m1'], 1)] }),
    )
    expect(await screen.findByText('<img src=x onerror=alert(1)>⟨001B⟩[31m')).toBeVisible()
    expect(screen.getByText('Evil⟨202E⟩')).toBeVisible()
  })
})

describe('the overview without numbers', () => {
  it('says that there is nothing', async () => {
    await page(emptyOverview())
    expect(await screen.findByText('No warnings in the last hour.')).toBeVisible()
    expect(screen.getByText('No pods.')).toBeVisible()
    expect(screen.getByText('No certificate or credential ends within 30 days.')).toBeVisible()
    await expectNoViolations()
  })

  it('says what is still being read', async () => {
    await page(emptyOverview([partMember('m1', { state: 'listing', rows: 0 }), partMember('m2')]))
    expect(await screen.findByText('Reading pods')).toBeInTheDocument()
    expect(screen.queryByText('No pods.')).toBeNull()
    await expectNoViolations()
  })

  it('says who does not let it be seen', async () => {
    await page(emptyOverview([partMember('m1', { state: 'denied' }), partMember('m2', { state: 'failed' })]))
    const words = /None can be seen: harbour does not let you see these; lighthouse can’t answer for these\./
    expect(within(await part('Nodes')).getByText(words)).toBeVisible()
    await expectNoViolations()
  })

  it('says that no cluster is connected', async () => {
    await page(emptyOverview([partMember('m1', { state: 'waiting' })]))
    expect(within(await part('Pods')).getByText('No cluster is connected yet.')).toBeVisible()
  })

  it('leads to the clusters when the view has none', async () => {
    const { user, onClusters } = await page(emptyOverview([]), new FakeBackend({ fleet: fleetOf([]) }))
    expect(await screen.findByRole('heading', { name: 'No clusters in your view yet' })).toBeVisible()
    await user.click(await button('Go to Clusters'))
    expect(onClusters).toHaveBeenCalledWith()
    await expectNoViolations()
  })

  it('tells a failure, and tries again', async () => {
    const backend = new FakeBackend({ fleet: fleetOf(richMembers()) })
    backend.fail('pane.overview', { message: 'Binnacle can’t count.' })
    const { user } = await page(richOverview(), backend)
    expect(await screen.findByText(/Binnacle can’t count/)).toBeVisible()
    await expectNoViolations()
    await user.click(await button('Try again'))
    expect(await part('Pods')).toBeVisible()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('keeps numbers that can’t be read again, and tells their age', async () => {
    const { backend } = await page()
    await part('Pods')
    backend.fail('pane.overview', { message: 'Binnacle can’t count.' })
    backend.pane.changeOverview({ warningRows: 1 })
    expect(await screen.findByText(/These numbers are from/)).toBeVisible()
    expect(await button('CrashLoopBackOff 12 pods')).toBeVisible()
  })

  it('follows the fleet', async () => {
    const { backend } = await page()
    await part('Pods')
    backend.pane.changeOverview({ pods: [count('pods', 'Running', 'good', 7)] })
    await waitFor(() => expect(screen.getByRole('button', { name: 'Running 7 pods' })).toBeVisible())
  })
})
