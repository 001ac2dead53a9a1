import { screen, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { app, appMember, instance, manyApps } from '../../test/appsFixtures'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, richMembers } from '../../test/fleetFixtures'
import { expectNoViolations, renderPage } from '../../test/render'
import type { Apps } from '../../wails/model'
import { AppsPage } from './AppsPage'
import { logsOf } from './logs'

afterEach(() => vi.restoreAllMocks())

async function page(found: Partial<Apps> = {}, backend = new FakeBackend({ fleet: fleetOf(richMembers()) })) {
  backend.apps.found = found
  const ways = { onExplore: vi.fn(), onOpen: vi.fn(), onLogs: vi.fn() }
  const view = await renderPage(<AppsPage {...ways} />, backend)
  return { ...view, ...ways }
}

const row = (name: string) => screen.findByRole('row', { name })
const shownNames = () => [...document.querySelectorAll('tr[data-key]')].map((r) => r.getAttribute('aria-label'))

describe('the applications', () => {
  it('shows each with its source, clusters, version, status and drift, and breaks no accessibility rule', async () => {
    await page()
    const nginx = within(await row('ingress-nginx'))
    for (const words of ['Helm', '3', 'harbour', '4.11.3', '2 versions', '1 image differs', 'failed'])
      expect(nginx.getByText(words)).toBeVisible()
    expect(within(await row('elastic-operator')).getByText('Operator')).toBeVisible()
    expect(within(await row('storefront')).getByText('Labels')).toBeVisible()
    expect(within(await row('payments')).getByText('Argo CD')).toBeVisible()
    expect(within(await row('podinfo')).getByText('Flux')).toBeVisible()
    expect(screen.getByText('7 applications')).toBeVisible()
    expect(screen.getByText(/Helm releases are read from Secrets, and only while this page is open\./)).toBeVisible()
    await expectNoViolations()
  })

  it('opens to its instances and to what differs, cluster by cluster', async () => {
    const { user } = await page()
    await user.click(await row('ingress-nginx'))
    expect(await row('ingress-nginx')).toHaveAttribute('aria-expanded', 'true')
    const instances = within(screen.getByRole('table', { name: 'Instances of ingress-nginx' }))
    expect(instances.getAllByRole('row')).toHaveLength(1 + 3)
    const failed = within(instances.getByRole('row', { name: /^quay-7/ }))
    for (const words of ['4.9.0', '1.9.5', 'rev 7', 'failed', 'controller:v1.9.5'])
      expect(failed.getByText(words)).toBeVisible()
    expect(failed.getByText(/timed out waiting for the condition/)).toBeVisible()
    const drift = within(screen.getByRole('region', { name: 'What differs in ingress-nginx' }))
    expect(drift.getAllByRole('term').map((t) => t.textContent)).toEqual([
      'Version',
      'App version',
      'Image controller',
      'Status',
    ])
    const values = within(drift.getAllByRole('definition')[0] ?? document.body).getAllByRole('listitem')
    expect(values.map((v) => v.textContent)).toEqual(['4.11.3harbourlighthouse', '4.9.0quay-7'])
    await expectNoViolations()
    await user.click(await row('ingress-nginx'))
    expect(screen.queryByRole('table', { name: 'Instances of ingress-nginx' })).toBeNull()
  })

  it('leads from an instance to what stands for it, to its pods and to its logs', async () => {
    const { user, onOpen, onExplore, onLogs } = await page()
    await user.click(await row('storefront'))
    await user.click(screen.getByRole('button', { name: 'Open what stands for storefront in lighthouse' }))
    const ref = { member: 'm2', kind: 'deployments.apps', namespace: 'web', name: 'storefront', uid: '' }
    expect(onOpen).toHaveBeenCalledWith(ref)
    await user.click(screen.getByRole('button', { name: 'Show the pods of storefront in lighthouse' }))
    const filter = { members: ['m2'], namespaces: ['web'], labels: 'app.kubernetes.io/instance=storefront' }
    expect(onExplore).toHaveBeenCalledWith({ kind: 'pods', filter })
    await user.click(screen.getByRole('button', { name: 'Logs of storefront in lighthouse' }))
    expect(onLogs).toHaveBeenCalledWith([ref])
  })

  it('opens the logs of all its workloads in all clusters, or in one, and says when they are too many', async () => {
    const ref = (m: string, name: string) => ({ member: m, kind: 'deployments.apps', namespace: 'till', name, uid: '' })
    const both = [
      instance('m1', 'till', { workloads: [ref('m1', 'till'), ref('m1', 'printer')] }),
      instance('m2', 'till', { workloads: [ref('m2', 'till')], moreWorkloads: 7 }),
    ]
    const { user, onLogs } = await page({ apps: [app('till', both)] })
    await user.click(await row('till'))
    await user.click(screen.getByRole('button', { name: 'Logs of 3 of 10 workloads in all 2 clusters' }))
    expect(onLogs).toHaveBeenLastCalledWith([ref('m1', 'till'), ref('m2', 'till'), ref('m1', 'printer')])
    await user.click(screen.getByRole('button', { name: 'Logs of till in harbour' }))
    expect(onLogs).toHaveBeenLastCalledWith([ref('m1', 'till'), ref('m1', 'printer')])
    expect(screen.getByRole('button', { name: 'Logs of 1 of 8 workloads of till in lighthouse' })).toBeVisible()
    await expectNoViolations()
    expect(logsOf(both, 2)).toEqual({ refs: [ref('m1', 'till'), ref('m2', 'till')], all: 10 })
  })

  it('offers no way that leads nowhere', async () => {
    const lonely = instance('m1', 'lonely', { ref: null, selector: '' })
    const { user } = await page({ apps: [app('lonely', [lonely])] })
    await user.click(await row('lonely'))
    expect(screen.queryByRole('button', { name: /lonely in harbour/ })).toBeNull()
  })

  it('shows all images when asked', async () => {
    const { user } = await page()
    await user.click(await row('ingress-nginx'))
    await user.click(screen.getByRole('button', { name: '1 more of the images of ingress-nginx in harbour' }))
    expect(screen.getByText('opentelemetry:v20230721')).toBeVisible()
  })

  it('searches from “/”, filters by source, cluster, status and drift, and clears', async () => {
    const { user } = await page()
    await row('podinfo')
    await user.keyboard('/')
    expect(screen.getByRole('searchbox', { name: 'Search applications' })).toHaveFocus()
    await user.keyboard('manager')
    expect(shownNames()).toEqual(['cert-manager'])
    expect(screen.getByText('1 of 7 applications')).toBeVisible()
    await user.keyboard('{Escape}')
    expect(shownNames()).toHaveLength(7)
    for (const [label, item, kept] of [
      ['Filter by source', /^Flux/, ['podinfo']],
      ['Filter by cluster', /^galley/, ['podinfo']],
      ['Filter by status', /^Good/, ['podinfo']],
    ] as const) {
      await user.click(screen.getByRole('button', { name: label }))
      await user.click(screen.getByRole('menuitemcheckbox', { name: item }))
      await user.keyboard('{Escape}')
      expect(shownNames()).toEqual(kept)
    }
    await user.click(screen.getByRole('button', { name: 'With drift 1' }))
    expect(screen.getByRole('heading', { name: 'No application matches' })).toBeVisible()
    await expectNoViolations()
    await user.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] ?? document.body)
    expect(shownNames()).toHaveLength(7)
  })

  it('sorts by each column, and back', async () => {
    const { user } = await page()
    await row('podinfo')
    await user.click(screen.getByRole('button', { name: 'Changed' }))
    expect(screen.getByRole('columnheader', { name: 'Changed' })).toHaveAttribute('aria-sort', 'ascending')
    expect(shownNames()[0]).toBe('ingress-nginx')
    await user.click(screen.getByRole('button', { name: 'Changed' }))
    expect(screen.getByRole('columnheader', { name: 'Changed' })).toHaveAttribute('aria-sort', 'descending')
    expect(shownNames()[0]).toBe('storefront')
  })

  it('is led by the keys: arrows, Home, End, Enter and the side arrows', async () => {
    const { user } = await page()
    const first = await row('cert-manager')
    first.focus()
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(await row('ingress-nginx')).toHaveFocus()
    await user.keyboard('{Enter}')
    expect(await row('ingress-nginx')).toHaveAttribute('aria-expanded', 'true')
    await user.keyboard('{ArrowLeft}')
    expect(await row('ingress-nginx')).toHaveAttribute('aria-expanded', 'false')
    await user.keyboard('{ArrowRight}{End}')
    expect(await row('storefront')).toHaveFocus()
    expect(await row('ingress-nginx')).toHaveAttribute('aria-expanded', 'true')
    await user.keyboard('{Home}{ArrowUp}')
    expect(first).toHaveFocus()
    await user.tab({ shift: true })
    await user.tab()
    expect(first).toHaveFocus()
  })

  it('has only the rows in sight in the document when there are many', async () => {
    vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
    vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(52)
    await page({ apps: manyApps(2000) })
    expect(await row('app-0001')).toBeVisible()
    expect(screen.getByText('2,000 applications')).toBeVisible()
    expect(shownNames().length).toBeLessThan(60)
    const table = screen.getByRole('treegrid', { name: 'Applications' })
    expect(table).toHaveAttribute('aria-rowcount', '2001')
  })

  it('shows text of the clusters as text', async () => {
    const bad = instance('m1', 'evil', { status: '<b>failed</b>', message: '\u001B[31mred\u202E', tone: 'bad' })
    const { user } = await page({ apps: [app('evil', [bad], { tone: 'bad' })] })
    await user.click(await row('evil'))
    expect(screen.getAllByText('<b>failed</b>')).toHaveLength(2)
    expect(screen.getByText('⟨001B⟩[31mred⟨202E⟩')).toBeVisible()
  })
})

describe('the reading of applications', () => {
  it('tells how far it is, cluster by cluster', async () => {
    const members = [appMember('m1'), appMember('m2', { state: 'reading' }), appMember('m3', { state: 'waiting' })]
    const { user, backend } = await page({ apps: [], reading: true, read: 0, members })
    expect(await screen.findByText('Reading the applications of your clusters')).toBeInTheDocument()
    expect(screen.getByText('Reading: 1 of 3 clusters done')).toBeVisible()
    expect(screen.getByRole('progressbar', { name: 'Clusters read' })).toHaveAttribute('value', '1')
    expect(screen.getByRole('button', { name: 'Read again' })).toBeDisabled()
    await user.click(screen.getByRole('button', { name: /^Reading: 1 of 3/ }))
    expect(screen.getAllByRole('listitem').map((li) => li.textContent)).toEqual([
      'harbour was read.',
      'lighthouse is being read.',
      'breakwater waits to be connected.',
    ])
    await expectNoViolations()
    backend.apps.change({ apps: [app('web', [instance('m1', 'web')])], reading: false, members: [appMember('m1')] })
    expect(await row('web')).toBeVisible()
    expect(screen.queryByRole('progressbar')).toBeNull()
  })

  it('says what could not be read, and why', async () => {
    const { user } = await page()
    await user.click(await screen.findByRole('button', { name: 'Partial: 2 of 7 clusters could not be read in full' }))
    expect(screen.getAllByRole('listitem').map((li) => li.textContent)).toEqual([
      'galley was read in part. Helm releases: oidc:ana may not list secrets in galley-stage.',
      'lock-keeper could not be read. ana may not read anything there.',
    ])
    await expectNoViolations()
  })

  it.each<[string, Partial<Apps>, string]>([
    ['nothing is there', { apps: [], members: [appMember('m1')] }, 'No applications found'],
    [
      'nothing could be read',
      { apps: [], members: [appMember('m1', { state: 'failed', missing: ['ana may not list secrets.'] })] },
      'No applications can be seen',
    ],
    ['there is no cluster', { apps: [], members: [] }, 'No cluster to read from'],
  ])('says so when %s', async (_, found, title) => {
    await page(found)
    expect(await screen.findByRole('heading', { name: title })).toBeVisible()
    await expectNoViolations()
  })

  it('reads again when asked', async () => {
    const { user, backend } = await page()
    await row('podinfo')
    backend.apps.found = { apps: [app('web', [instance('m1', 'web')])] }
    await user.click(screen.getByRole('button', { name: 'Read again' }))
    expect(await row('web')).toBeVisible()
    expect(backend.called('apps.refresh')).toHaveLength(1)
  })

  it('tells a failure, keeps what was read, and tries again', async () => {
    const backend = new FakeBackend({ fleet: fleetOf(richMembers()) })
    backend.fail('apps.apps', { message: 'Binnacle can’t read applications.' })
    const { user } = await page({}, backend)
    expect(await screen.findByText(/Binnacle can’t read applications/)).toBeVisible()
    await expectNoViolations()
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await row('podinfo')).toBeVisible()
    backend.fail('apps.apps', { message: 'It is busy.' })
    backend.apps.change({})
    expect(await screen.findByText(/It is busy/)).toBeVisible()
    expect(await row('podinfo')).toBeVisible()
  })
})
