import { act, screen, waitFor, within } from '@testing-library/react'
import { type ComponentProps, useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, someMembers } from '../../test/fleetFixtures'
import { expectNoViolations, renderPage } from '../../test/render'
import type { SearchResult } from '../../wails/model'
import type { PaletteAction } from './actions'
import { Palette } from './Palette'

beforeEach(() => localStorage.clear())
afterEach(() => vi.restoreAllMocks())

function Host(props: Omit<ComponentProps<typeof Palette>, 'onClose'>) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Before
      </button>
      {open && <Palette {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

async function page(backend = new FakeBackend({ fleet: fleetOf(someMembers('harbour', 'lighthouse', 'outer-buoy')) })) {
  const on = { onPage: vi.fn(), onMember: vi.fn(), onExplore: vi.fn(), onOpen: vi.fn(), onLogs: vi.fn() }
  const run = vi.fn()
  const actions: PaletteAction[] = [
    { id: 'add', title: 'Add clusters', keywords: 'import kubeconfig', group: 'Clusters', run },
    { id: 'sync', title: 'Sync now', refused: 'The primary does not answer.', run },
  ]
  const view = await renderPage(<Host {...on} actions={actions} />, backend)
  const open = () => view.user.click(screen.getByRole('button', { name: 'Before' }))
  await open()
  return { ...view, ...on, run, open }
}

const input = () => screen.getByRole('combobox', { name: 'Find clusters, kinds, objects, pages and actions' })
const options = () => screen.queryAllByRole('option').map((o) => o.getAttribute('aria-label'))
/** What the input tells to be the active option. */
const active = () => document.getElementById(input().getAttribute('aria-activedescendant') ?? '')

describe('the command palette', () => {
  it('takes the focus, begins with pages and actions, tells the signs, and breaks no accessibility rule', async () => {
    await page()
    expect(input()).toHaveFocus()
    expect(within(screen.getByRole('group', { name: 'Pages' })).getAllByRole('option')).toHaveLength(5)
    expect(screen.getByText('Type a part of a name.')).toBeVisible()
    expect(screen.getByText(':')).toBeVisible()
    await expectNoViolations()
  })

  it.each<[string, string, keyof Awaited<ReturnType<typeof page>>, unknown]>([
    ['a cluster', 'buoy', 'onMember', 'm7'],
    ['a kind by its short name', 'deploy', 'onExplore', { kind: 'deployments.apps' }],
    ['a kind by its sign', ':node', 'onExplore', { kind: 'nodes' }],
    ['a page', 'overv', 'onPage', 'overview'],
    ['a page by another word', 'helm', 'onPage', 'apps'],
  ])('goes to %s', async (_, typed, called, with_) => {
    const view = await page()
    await view.user.keyboard(typed)
    await screen.findAllByRole('option')
    await view.user.keyboard('{Enter}')
    expect(view[called]).toHaveBeenCalledExactlyOnceWith(with_)
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('runs an action, and gives the focus back before', async () => {
    const { user, run } = await page()
    run.mockImplementation(() => expect(screen.getByRole('button', { name: 'Before' })).toHaveFocus())
    await user.keyboard('>kubeconf{Enter}')
    expect(run).toHaveBeenCalledOnce()
  })

  it('shows an action that can’t be done, and why, and doesn’t do it', async () => {
    const { user, run } = await page()
    await user.keyboard('sync')
    const option = screen.getByRole('option', { name: 'Sync now, The primary does not answer.' })
    expect(option).toHaveAttribute('aria-disabled', 'true')
    await user.keyboard('{Enter}')
    await user.click(option)
    expect(run).not.toHaveBeenCalled()
    expect(input()).toBeVisible()
  })

  it('moves with arrows, Home and End, around the ends, and with the mouse', async () => {
    const { user } = await page()
    expect(active()).toHaveAccessibleName('Overview')
    await user.keyboard('{ArrowDown}')
    expect(active()).toHaveAccessibleName('Explore')
    expect(active()).toHaveAttribute('aria-selected', 'true')
    await user.keyboard('{Home}{ArrowUp}')
    expect(active()).toHaveAccessibleName('Sync now, The primary does not answer.')
    await user.keyboard('{ArrowDown}{End}')
    expect(active()).toHaveAccessibleName('Sync now, The primary does not answer.')
    await user.hover(screen.getByRole('option', { name: 'Settings' }))
    expect(active()).toHaveAccessibleName('Settings')
    expect(input()).toHaveFocus()
    await user.tab()
    expect(input()).toHaveFocus()
  })

  it.each(['{Escape}', 'beside'])('closes with %s and gives the focus back', async (way) => {
    const { user } = await page()
    if (way === 'beside') await user.click(screen.getByRole('dialog').parentElement ?? document.body)
    else await user.keyboard(way)
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.getByRole('button', { name: 'Before' })).toHaveFocus()
  })

  it('begins with what was chosen last, the next time', async () => {
    const { user, open } = await page()
    await user.keyboard('lighth{Enter}')
    await open()
    await user.keyboard(':pods{Enter}')
    await open()
    await screen.findByRole('option', { name: /^Pod, / })
    const recent = within(screen.getByRole('group', { name: 'Recent' })).getAllByRole('option')
    expect(recent.map((o) => o.getAttribute('aria-label'))).toEqual(['Pod, po', 'lighthouse, Europe, Ready'])
    expect(active()).toHaveAccessibleName('Pod, po')
  })

  it('begins all the same when storage holds something else', async () => {
    localStorage.setItem('binnacle.palette', '{"not": [a list')
    await page()
    expect(options()[0]).toBe('Overview')
  })

  it('says that nothing is called so', async () => {
    const { user } = await page()
    await user.keyboard('@zulu')
    expect(screen.getByText('Nothing is called “zulu”.')).toBeVisible()
    expect(input()).toHaveAttribute('aria-expanded', 'false')
    await expectNoViolations()
  })
})

describe('objects in the palette', () => {
  async function withPods() {
    const backend = new FakeBackend({ fleet: fleetOf(someMembers('harbour', 'lighthouse', 'outer-buoy')) })
    backend.pane.fill('pods', 3, { m1: 'live' })
    const { rows } = backend.pane.table('pods')
    const name = rows[0]?.name ?? ''
    return { ...(await page(backend)), name, member: rows[0]?.member, namespace: rows[0]?.namespace }
  }

  it('finds them by name over what is loaded, says what was searched, and opens one', async () => {
    const { user, name, member, namespace, onOpen } = await withPods()
    await user.keyboard(name)
    const option = await screen.findByRole('option', { name: new RegExp(`^${name}, Pod in harbour / ${namespace}`) })
    expect(screen.getByText('Searched 1 loaded kind; open a kind to search more.')).toBeVisible()
    await expectNoViolations()
    await user.click(option)
    expect(onOpen).toHaveBeenCalledWith({ member, kind: 'pods', namespace, name, uid: '' })
  })

  it('opens the logs of what has some', async () => {
    const { user, name, member, namespace, onLogs, onOpen } = await withPods()
    await user.keyboard(name)
    await screen.findByRole('group', { name: 'Objects' })
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(onLogs).toHaveBeenCalledWith([{ member, kind: 'pods', namespace, name, uid: '' }])
    expect(onOpen).not.toHaveBeenCalled()
  })

  it('opens the logs of all its namesakes, or says that there are none', async () => {
    const { user, backend, name, member, namespace, onLogs, open } = await withPods()
    backend.objects.elsewhere = { members: ['m2', 'm3'], unsure: [] }
    const ref = { member, kind: 'pods', namespace, name, uid: '' }
    const everywhere = async () => {
      await user.keyboard(name)
      await screen.findByRole('group', { name: 'Objects' })
      await user.keyboard('{Control>}{Shift>}{Enter}{/Shift}{/Control}')
    }
    await everywhere()
    await waitFor(() =>
      expect(onLogs).toHaveBeenLastCalledWith([ref, { ...ref, member: 'm2' }, { ...ref, member: 'm3' }]),
    )
    backend.objects.elsewhere = { members: [], unsure: [{ member: 'm2', why: 'It hangs.' }] }
    await open()
    await everywhere()
    expect(await screen.findByText('No other cluster is known to have it; 1 cluster can’t tell now.')).toBeVisible()
    expect(onLogs).toHaveBeenLastCalledWith([ref])
  })

  it('searches when the fingers rest, and drops the answer to what was typed before', async () => {
    const backend = new FakeBackend({ fleet: fleetOf(someMembers('harbour')) })
    const answers = new Map<string, (result: SearchResult) => void>()
    vi.spyOn(backend.pane, 'search').mockImplementation(({ text }) => new Promise((done) => answers.set(text, done)))
    const { user } = await page(backend)
    const hit = (name: string): SearchResult => ({
      hits: [
        {
          ref: { member: 'm1', kind: 'secrets', namespace: 'web', name, uid: '' },
          kind: 'Secret',
          status: '',
          tone: 'none',
        },
      ],
      more: true,
      kinds: ['secrets', 'pods'],
    })
    await user.keyboard('web')
    await waitFor(() => expect([...answers.keys()]).toEqual(['web']))
    await user.keyboard('-tls')
    await waitFor(() => expect([...answers.keys()]).toEqual(['web', 'web-tls']))
    await act(async () => {
      answers.get('web-tls')?.(hit('web-tls-new'))
      answers.get('web')?.(hit('web-old'))
    })
    expect(options()).toEqual(['web-tls-new, Secret in harbour / web'])
    expect(screen.getByText(/There are more; type more of the name\./)).toBeVisible()
  })

  it('keeps the active option while objects come', async () => {
    const { user, backend } = await withPods()
    backend.pane.change('pods', (table) => {
      table.rows = table.rows.map((row) => ({ ...row, name: `settings-of-${row.name}` }))
    })
    await user.keyboard('sett{End}')
    expect(options()).toEqual(['Settings'])
    await screen.findByRole('group', { name: 'Objects' })
    expect(options()).toHaveLength(4)
    expect(active()).toHaveAccessibleName('Settings')
  })

  it('says that no kind is loaded, or that they can’t be searched', async () => {
    const { user, backend } = await page()
    await user.keyboard('zulu')
    expect(await screen.findByText(/No kind is loaded yet\. Open one in Explore/)).toBeVisible()
    backend.fail('pane.search', { message: 'Binnacle is busy.', hint: 'Wait a little.' })
    await user.keyboard('x')
    expect(await screen.findByText(/Objects can’t be searched: Binnacle is busy\. Wait a little\./)).toBeVisible()
  })
})
