import { act, screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, describe, expect, it, type Mock, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, member } from '../../test/fleetFixtures'
import { HUGE, NODE, refOf, SECRET, WEB, WEB_POD } from '../../test/objectFixtures'
import { expectNoViolations, renderPage } from '../../test/render'
import '../../test/layout'
import type { Guard, Member, ObjectRef } from '../../wails/model'
import { ObjectDrawer } from './ObjectDrawer'

interface Options {
  ref?: ObjectRef
  guard?: Guard
  members?: Member[]
  prepare?: (backend: FakeBackend) => void
}

type Calls = Record<'onClose' | 'onExplore' | 'onOpen' | 'onLogs', Mock>

/** What the shell does around the drawer. */
function Page({ first, calls }: { first: ObjectRef; calls: Calls }) {
  const [asked, setAsked] = useState(first)
  const onOpen = (next: ObjectRef) => {
    calls.onOpen(next)
    setAsked(next)
  }
  return (
    <>
      <h1>Page</h1>
      <button type="button" onClick={() => setAsked(HUGE)}>
        Row catalogue
      </button>
      <ObjectDrawer objectRef={asked} {...calls} onOpen={onOpen} />
    </>
  )
}

async function drawer({
  ref = WEB,
  guard = '',
  members = [member('m1', 'harbour', { guard })],
  prepare,
}: Options = {}) {
  const backend = new FakeBackend({ fleet: fleetOf(members) })
  prepare?.(backend)
  const calls = { onClose: vi.fn(), onExplore: vi.fn(), onOpen: vi.fn(), onLogs: vi.fn() }
  const view = await renderPage(<Page first={ref} calls={calls} />, backend)
  const panel = () => within(screen.getByRole('complementary'))
  const tab = async (name: string) => view.user.click(screen.getByRole('tab', { name }))
  return {
    ...view,
    ...calls,
    panel,
    tab,
    openRow: (name: string) => view.user.click(screen.getByRole('button', { name: `Row ${name}` })),
  }
}

afterEach(() => {
  vi.useRealTimers()
  localStorage.clear()
})

describe('the drawer of an object', () => {
  it('says what it is, where, how it stands and how old, and takes the focus', async () => {
    const { panel } = await drawer()
    const heading = await screen.findByRole('heading', { level: 2, name: 'web' })
    expect(heading).toHaveFocus()
    await screen.findByText('2 of 3 ready')
    for (const words of ['Deployment', 'harbour', 'shop', /created/]) expect(panel().getByText(words)).toBeVisible()
    expect(screen.getByRole('complementary', { name: 'Details of web' })).toBeVisible()
    await expectNoViolations()
  })

  it('shows facts, conditions, labels and annotations', async () => {
    const { user, onExplore } = await drawer()
    expect(await screen.findByText('3 wanted, 2 ready, 3 updated')).toBeVisible()
    const row = within(screen.getByRole('table', { name: 'Conditions' })).getByRole('row', { name: /Progressing/ })
    expect(row).toHaveTextContent('ProgressDeadlineExceeded: ReplicaSet "web-7d9f6c5b8" has timed out progressing.')
    const labels = within(screen.getByRole('region', { name: 'Labels' }))
    await user.click(labels.getByRole('button', { name: 'Copy the label team' }))
    expect(await navigator.clipboard.readText()).toBe('team=storefront')
    await user.click(labels.getByRole('button', { name: 'Show all with the label team=storefront' }))
    expect(onExplore).toHaveBeenCalledWith({ kind: 'deployments.apps', filter: { labels: 'team=storefront' } })
    // What was cut can't be copied as if it were all.
    expect(screen.getByText(/there is more of it in the YAML/)).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Copy the annotation example.net/notes' })).toBeNull()
  })

  it('closes by Escape and by its button', async () => {
    const { user, onClose } = await drawer()
    await user.keyboard('{Escape}')
    await user.click(screen.getByRole('button', { name: 'Close: web' }))
    expect(onClose).toHaveBeenCalledTimes(2)
  })

  it('can be made wider with the keys, and remembers it', async () => {
    const first = await drawer()
    const handle = screen.getByRole('separator', { name: 'Width of the drawer' })
    expect(handle).toHaveAttribute('aria-valuenow', '720')
    handle.focus()
    await first.user.keyboard('{ArrowLeft}')
    expect(handle).toHaveAttribute('aria-valuenow', '744')
    first.unmount()
    await drawer()
    expect(screen.getByRole('separator', { name: 'Width of the drawer' })).toHaveAttribute('aria-valuenow', '744')
  })

  it('follows owners and links, and leads back', async () => {
    const { user, onOpen } = await drawer({ ref: WEB_POD })
    const owners = await screen.findByRole('navigation', { name: 'Owners' })
    expect(owners).toHaveTextContent('Deployment shop/web2 of 3 ready›ReplicaSet shop/web-7d9f6c5b82 of 3 ready›Pod')
    await user.click(within(owners).getByRole('button', { name: 'Open Deployment shop/web' }))
    expect(onOpen).toHaveBeenLastCalledWith(WEB)
    expect(await screen.findByRole('heading', { level: 2, name: 'web' })).toHaveFocus()
    await user.click(screen.getByRole('button', { name: `Back to shop/${WEB_POD.name}` }))
    expect(await screen.findByRole('heading', { level: 2, name: WEB_POD.name })).toBeVisible()
    expect(onOpen).toHaveBeenLastCalledWith(WEB_POD)
    expect(screen.queryByRole('button', { name: /^Back to/ })).toBeNull()
  })

  it('forgets the way back when the page opens another object', async () => {
    const { user, openRow } = await drawer({ ref: WEB_POD })
    await user.click(await screen.findByRole('button', { name: 'Open Node node-1' }))
    await openRow('catalogue')
    expect(await screen.findByRole('heading', { level: 2, name: 'catalogue' })).toBeVisible()
    expect(screen.queryByRole('button', { name: /^Back to/ })).toBeNull()
  })

  it('says why an object can’t be read, and tries again', async () => {
    const { user } = await drawer({
      prepare: (backend) => backend.fail('objects.open', { code: 'denied', message: 'ana may not read deployments.' }),
    })
    expect(await screen.findByRole('alert')).toHaveTextContent('ana may not read deployments.')
    await expectNoViolations()
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('3 wanted, 2 ready, 3 updated')).toBeVisible()
    expect(screen.queryByRole('alert')).toBeNull()
  })
})

describe('what happens meanwhile', () => {
  it('is read quietly after the table rings, and no more often than every few seconds', async () => {
    const { backend } = await drawer()
    await screen.findByText('2 of 3 ready')
    vi.useFakeTimers()
    vi.setSystemTime(Date.now() + 60_000)
    const before = backend.called('objects.open').length
    const three = () =>
      act(() => backend.objects.touch(WEB, (o) => ({ object: { ...o.object, status: '3 of 3 ready' } })))
    three()
    await act(() => vi.advanceTimersByTimeAsync(10))
    expect(screen.getByText('3 of 3 ready')).toBeVisible()
    three()
    three()
    await act(() => vi.advanceTimersByTimeAsync(2000))
    expect(backend.called('objects.open').length).toBe(before + 1)
    await act(() => vi.advanceTimersByTimeAsync(2000))
    expect(backend.called('objects.open').length).toBe(before + 2)
  })

  it('keeps what was read of an object that is gone, and says so', async () => {
    const { backend, user } = await drawer()
    await screen.findByText('2 of 3 ready')
    act(() => backend.objects.drop(WEB))
    await user.click(screen.getByRole('button', { name: 'Refresh' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('web does not exist any more.')
    expect(screen.getByText('3 wanted, 2 ready, 3 updated')).toBeVisible()
  })
})

describe('its other parts', () => {
  it('are read only when they are looked at', async () => {
    const { backend, tab } = await drawer()
    await screen.findByText('2 of 3 ready')
    expect(backend.called('objects.events')).toHaveLength(0)
    await tab('Events')
    const table = await screen.findByRole('table', { name: 'Events' })
    expect(within(table).getByRole('row', { name: /Warning:.*FailedCreate.*exceeded quota.*17/ })).toBeVisible()
    expect(backend.called('objects.related')).toHaveLength(0)
    await expectNoViolations()
  })

  it('are reached with the arrow keys', async () => {
    const { user } = await drawer()
    await user.click(screen.getByRole('tab', { name: 'Overview' }))
    await user.keyboard('{ArrowRight}{ArrowRight}')
    expect(screen.getByRole('tab', { name: 'Related' })).toHaveFocus()
    expect(await screen.findByRole('region', { name: 'Pods' })).toBeVisible()
    await user.keyboard('{End}{ArrowRight}')
    expect(screen.getByRole('tab', { name: 'Overview' })).toHaveAttribute('aria-selected', 'true')
  })

  it('say why there are no events to see', async () => {
    const { tab } = await drawer({ ref: WEB_POD })
    await tab('Events')
    expect(await screen.findByText('ana may not list events in shop: forbidden by RBAC.')).toBeVisible()
    await expectNoViolations()
  })

  it('say that there just are none', async () => {
    const { tab } = await drawer({ ref: NODE })
    await tab('Events')
    expect(await screen.findByRole('heading', { name: 'No events' })).toBeVisible()
  })

  it('lead to related objects, and say what can’t be opened or told', async () => {
    const { user, tab, onOpen } = await drawer()
    await tab('Related')
    const uses = within(await screen.findByRole('region', { name: 'Uses' }))
    expect(uses.getByText('It does not exist.')).toBeVisible()
    expect(uses.queryByRole('button', { name: /web-config/ })).toBeNull()
    expect(uses.getByText('and 2 more')).toBeVisible()
    expect(screen.getByText('You may not list horizontalpodautoscalers in shop.')).toBeVisible()
    await expectNoViolations()
    await user.click(screen.getByRole('button', { name: 'Open Service shop/web' }))
    expect(onOpen).toHaveBeenLastCalledWith(refOf('services', 'web'))
  })

  it('leads to the logs in all clusters that have it', async () => {
    const prepare = (backend: FakeBackend) => {
      backend.objects.elsewhere = { members: ['m2'], unsure: [] }
    }
    const members = [member('m1', 'harbour'), member('m2', 'quay')]
    const { user, onLogs } = await drawer({ prepare, members })
    await user.click(await screen.findByRole('button', { name: 'Logs in all 2 clusters' }))
    expect(onLogs).toHaveBeenCalledWith([WEB, { ...WEB, member: 'm2', uid: '' }])
    await expectNoViolations()
  })

  it('leads to the logs', async () => {
    const { user, onLogs } = await drawer()
    await user.click(await screen.findByRole('button', { name: 'Logs' }))
    expect(onLogs).toHaveBeenCalledWith([WEB])
  })
})

describe('a Secret', () => {
  it('shows no values, can’t be edited, and says why', async () => {
    const { user, tab } = await drawer({ ref: SECRET })
    expect(await screen.findByText('Its values are hidden; Binnacle never shows them.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Actions for web-tls' }))
    const edit = screen.getByRole('menuitem', { name: 'Edit YAML' })
    expect(edit).toHaveAttribute('aria-disabled', 'true')
    expect(edit).toHaveAccessibleDescription(/The values of a Secret are hidden/)
    await user.keyboard('{Escape}')
    await tab('YAML')
    expect(await screen.findByText(/so it can’t be edited here/)).toBeVisible()
    expect(screen.getByRole('button', { name: 'Edit' })).toBeDisabled()
    await waitFor(() => expect(screen.getByLabelText('YAML of web-tls')).toHaveTextContent('<hidden, 1,412 bytes>'))
    await expectNoViolations()
  })
})
