import { act, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { fleetOf, richMembers } from '../../test/fleetFixtures'
import { refOf, WEB, WEB_POD } from '../../test/objectFixtures'
import { expectNoViolations, renderPage } from '../../test/render'
import type { Member, ObjectRef } from '../../wails/model'
import { LogsDock } from './LogsDock'

beforeEach(() => {
  // Room for all lines: jsdom neither lays out nor scrolls.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(2000)
})

afterEach(() => {
  vi.restoreAllMocks()
  localStorage.clear()
})

async function dock(ref: ObjectRef = WEB, prepare?: (backend: FakeBackend) => void, backend = new FakeBackend()) {
  backend.logs.lines = 40
  prepare?.(backend)
  const onClose = vi.fn()
  const onOpen = vi.fn()
  const view = await renderPage(<LogsDock refs={[ref]} onClose={onClose} onOpen={onOpen} />, backend)
  const id = () => backend.logs.opened().at(-1) ?? ''
  const press = (name: string | RegExp) => view.user.click(screen.getByRole('button', { name }))
  const more = async (name: string) => {
    await press('More for these logs')
    await view.user.click(screen.getByRole('menuitem', { name }))
  }
  return { ...view, onClose, onOpen, id, press, more, write: (texts: string[]) => write(backend, id(), texts) }
}

function write(backend: FakeBackend, id: string, texts: string[]) {
  act(() =>
    backend.logs.write(
      id,
      texts.map((text) => ({ text })),
    ),
  )
}

function member(name: string): Member {
  const found = richMembers().find((m) => m.name === name)
  if (!found) throw new Error(name)
  return found
}

const line = (name: RegExp) => screen.findByRole('option', { name })
const list = () => screen.getByRole('listbox', { name: 'Log lines' })

describe('the logs of a workload', () => {
  it('are the lines of all its pods as one, with when, who and how bad', async () => {
    const { backend } = await dock()
    const last = await line(/only text here #39$/)
    expect(last).toHaveTextContent(
      /^\d\d:\d\d:\d\d\.\d{3}k9f2mIInfo: <img src=x onerror=alert\(1\)> is only text here #39$/,
    )
    expect(last).toHaveAttribute('aria-setsize', '40')
    expect(document.querySelector('img')).toBeNull()
    expect(screen.getByRole('region', { name: 'Logs of web' })).toBeVisible()
    expect(screen.getByText('40 lines')).toBeVisible()
    expect(screen.getByText('2 of 3 sources live')).toBeVisible()
    expect(backend.called('logs.open')).toEqual([[{ refs: [WEB], container: '', previous: false, tail: 0 }]])
    await expectNoViolations()
  })

  it('grow, and say how much of a line is not shown', async () => {
    const { backend, id } = await dock()
    await line(/#39$/)
    act(() => backend.logs.write(id(), [{ text: 'a long one', cut: 5_241_880 }]))
    expect(await line(/a long one ?… 5,241,880 more bytes are not shown/)).toBeVisible()
  })

  it('are closed in Go when the dock goes', async () => {
    const { backend, unmount } = await dock()
    await line(/#39$/)
    unmount()
    await waitFor(() => expect(backend.logs.opened()).toEqual([]))
  })

  it('stand still away from the end, and lead back to it with the number of new lines', async () => {
    const { user, write: writes } = await dock()
    await line(/#39$/)
    await user.keyboard('{ArrowUp}{ArrowUp}')
    expect(screen.getByRole('option', { selected: true })).toHaveAccessibleName(/#38$/)
    expect(list()).toHaveAttribute('aria-activedescendant', screen.getByRole('option', { selected: true }).id)
    writes(['one', 'two'])
    await user.click(await screen.findByRole('button', { name: 'Jump to the end (2 new)' }))
    expect(await line(/two$/)).toBeVisible()
    expect(screen.queryByRole('button', { name: /Jump to the end/ })).toBeNull()
  })

  it('can be paused', async () => {
    const { write: writes, press } = await dock()
    await line(/#39$/)
    await press('Pause')
    writes(['while paused'])
    expect(await screen.findByRole('button', { name: 'Jump to the end (1 new)' })).toBeVisible()
    expect(screen.queryByRole('option', { name: /while paused/ })).toBeNull()
    await press('Pause')
    expect(await line(/while paused/)).toBeVisible()
  })

  it('can be cleared, and shown whole again', async () => {
    const { write: writes, more } = await dock()
    await line(/#39$/)
    await more('Clear the view')
    expect(await screen.findByRole('heading', { name: 'No new lines yet' })).toBeVisible()
    await expectNoViolations()
    writes(['after it'])
    expect(await line(/after it/)).toBeVisible()
    expect(screen.getAllByRole('option')).toHaveLength(1)
    await more('Show all lines')
    expect(await line(/#39$/)).toBeVisible()
  })
})

describe('the logs of other clusters', () => {
  const everywhere = (backend: FakeBackend) => {
    backend.objects.elsewhere = { members: ['m2', 'm3'], unsure: [{ member: 'm7', why: 'It does not answer.' }] }
  }
  const fleet = () => new FakeBackend({ fleet: fleetOf(richMembers()) })
  const menu = (view: Awaited<ReturnType<typeof dock>>, name: string | RegExp) => view.press(name)
  const item = (name: string | RegExp) => screen.getByRole('menuitemcheckbox', { name })

  it('join the open ones and leave them, each line with its cluster’s name and colour', async () => {
    const view = await dock(WEB, everywhere, fleet())
    const { user, backend, id } = view
    await line(/#39$/)
    await user.keyboard('/panic')
    await menu(view, 'In other clusters')
    await user.click(item('lighthouse'))
    expect(backend.called('logs.join')).toEqual([[id(), [{ ...WEB, member: 'm2', uid: '' }]]])
    await user.keyboard('{Escape}')
    const rows = await screen.findAllByText(/^lighthouse\//)
    expect(rows[0]?.previousElementSibling).toHaveAttribute('data-color', member('lighthouse').color)
    expect(screen.getAllByText(/^harbour\//)[0]?.previousElementSibling).toHaveAttribute(
      'data-color',
      member('harbour').color,
    )
    expect(screen.getByRole('searchbox', { name: 'Find in the logs' })).toHaveValue('panic')
    expect(screen.getByRole('region', { name: 'Logs of web' })).toBeVisible()
    expect(backend.called('logs.open')).toHaveLength(1)
    await expectNoViolations()

    await menu(view, 'In 2 clusters')
    await user.click(item('All 2 others'))
    expect(backend.called('logs.join').at(-1)).toEqual([id(), [{ ...WEB, member: 'm3', uid: '' }]])
    await user.click(item('All 2 others'))
    await waitFor(() =>
      expect(backend.called('logs.leave')).toEqual([
        [id(), 'm2'],
        [id(), 'm3'],
      ]),
    )
    await user.click(item(/, which can’t tell: It does not answer\.$/))
    expect(backend.called('logs.join').at(-1)).toEqual([id(), [{ ...WEB, member: 'm7', uid: '' }]])
    await waitFor(() => expect(screen.queryByText(/^lighthouse\//)).toBeNull())
  })

  it('open with the others when a container is chosen, and say who could not be read', async () => {
    const view = await dock(WEB, everywhere, fleet())
    const { user, backend, id } = view
    await line(/#39$/)
    await menu(view, 'In other clusters')
    await user.click(item('lighthouse'))
    await user.keyboard('{Escape}')
    await screen.findAllByText(/^lighthouse\//)
    act(() =>
      backend.logs.change(id(), (sources) =>
        sources.map((s) => (s.member === 'm2' ? { ...s, state: 'failed', why: 'You may not read logs here.' } : s)),
      ),
    )
    expect(await screen.findByText(/^lighthouse:/)).toHaveTextContent('lighthouse: You may not read logs here.')
    expect(screen.getByText('2 of 6 sources live, 3 failed')).toBeVisible()
    await expectNoViolations()
    await view.press('More for these logs')
    await user.click(item('Containers that ran before'))
    await waitFor(() => expect(backend.called('logs.open')).toHaveLength(2))
    expect(backend.called('logs.open').at(-1)).toEqual([
      expect.objectContaining({ previous: true, refs: [WEB, { ...WEB, member: 'm2', uid: '' }] }),
    ])
  })

  it('are not offered where there are none: the menu says so', async () => {
    const view = await dock(WEB, undefined, fleet())
    await line(/#39$/)
    await menu(view, 'In other clusters')
    expect(screen.getByRole('menuitem', { name: 'No other cluster has it' })).toHaveAttribute('aria-disabled', 'true')
    await expectNoViolations()
  })
})

describe('finding', () => {
  it('marks the text, and goes from match to match', async () => {
    const { user } = await dock()
    await line(/#39$/)
    await user.keyboard('/panic')
    expect(screen.getByRole('searchbox', { name: 'Find in the logs' })).toHaveValue('panic')
    expect(await screen.findByText('5 lines')).toBeVisible()
    expect(screen.getAllByText('panic', { selector: 'mark' }).length).toBeGreaterThan(0)
    await user.keyboard('{Enter}')
    expect(await screen.findByText('5 of 5')).toBeVisible()
    expect(screen.getByRole('option', { selected: true })).toHaveAccessibleName(/#37$/)
    await user.keyboard('{Shift>}{Enter}{/Shift}')
    expect(await screen.findByText('4 of 5')).toBeVisible()
    expect(screen.getByRole('option', { selected: true })).toHaveAccessibleName(/#29$/)
    await user.click(screen.getByRole('button', { name: 'Next match' }))
    await user.click(screen.getByRole('button', { name: 'Next match' }))
    expect(await screen.findByText('1 of 5')).toBeVisible()
    await expectNoViolations()
    await user.type(screen.getByRole('searchbox'), '{Escape}')
    expect(screen.getByRole('searchbox')).toHaveValue('')
    await user.keyboard('{Escape}')
    expect(list()).toHaveFocus()
  })

  it('can show the lines that match alone', async () => {
    const { user, press } = await dock()
    await line(/#39$/)
    await user.type(screen.getByRole('searchbox'), 'PANIC')
    await press('Only matches')
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(5))
    expect(screen.getByText('5 of 40 lines')).toBeVisible()
    await press('Previous match')
    expect(await screen.findByText('5 of 5')).toBeVisible()
  })

  it('that finds nothing says so', async () => {
    const { user, press } = await dock()
    await line(/#39$/)
    await user.type(screen.getByRole('searchbox'), 'nowhere')
    expect(await screen.findByText('None')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Next match' })).toBeDisabled()
    await press('Only matches')
    expect(await screen.findByRole('heading', { name: 'No line matches' })).toBeVisible()
    await press('Show all lines')
    expect(await line(/#39$/)).toBeVisible()
  })
})

describe('filters', () => {
  it('show some levels', async () => {
    const { user, press } = await dock()
    await line(/#39$/)
    await press('Levels')
    await user.click(screen.getByRole('menuitemcheckbox', { name: 'Errors' }))
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(5))
    expect(screen.getByRole('button', { name: 'Levels (1)', hidden: true })).toBeInTheDocument()
  })

  it('show one source, whose state and reason are told', async () => {
    const { user, press, onOpen } = await dock()
    await line(/#39$/)
    await press('Show the sources')
    const sources = within(screen.getByRole('region', { name: 'Sources' }))
    expect(sources.getByText('CrashLoopBackOff: back-off 40s restarting failed container')).toBeVisible()
    await expectNoViolations()
    await user.click(sources.getByRole('button', { name: /^Only lines of ?x2x7q/ }))
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(20))
    await user.click(sources.getByRole('button', { name: 'Open pod web-k9f2m' }))
    expect(onOpen).toHaveBeenCalledWith({ ...WEB, kind: 'pods', name: 'web-k9f2m', uid: '' })
  })

  it('open the log of one container, or of those that ran before', async () => {
    const { user, backend, press } = await dock(WEB_POD)
    await line(/#39$/)
    await press('All containers')
    await user.click(screen.getByRole('menuitemcheckbox', { name: 'proxy' }))
    await screen.findByRole('button', { name: 'Container: proxy', hidden: true })
    await waitFor(() =>
      expect(backend.called('logs.open').at(-1)).toEqual([expect.objectContaining({ container: 'proxy' })]),
    )
    await user.keyboard('{Escape}')
    await user.click(await screen.findByRole('button', { name: 'More for these logs' }))
    await user.click(screen.getByRole('menuitemcheckbox', { name: 'Containers that ran before' }))
    await waitFor(() =>
      expect(backend.called('logs.open').at(-1)).toEqual([expect.objectContaining({ previous: true })]),
    )
    await waitFor(() => expect(backend.logs.opened()).toHaveLength(1))
  })
})

describe('the keys and the looks', () => {
  it('move, wrap, follow, copy and close', async () => {
    const { user, onClose } = await dock()
    await line(/#39$/)
    expect(list()).toHaveFocus()
    await user.keyboard('{Home}')
    expect(screen.getByRole('option', { selected: true })).toHaveAccessibleName(/#0$/)
    await user.keyboard('{ArrowDown}c')
    expect(await navigator.clipboard.readText()).toBe('GET /catalogue?page=3 200 48ms #1')
    expect(screen.getByText(/^harbour \/ shop \/ web-k9f2m \/ app/)).toBeVisible()
    await user.keyboard('w')
    expect(screen.getByRole('button', { name: 'Wrap lines' })).toHaveAttribute('aria-pressed', 'true')
    await user.keyboard('f')
    expect(screen.getByRole('button', { name: 'Follow the end' })).toHaveAttribute('aria-pressed', 'true')
    await user.keyboard('{Escape}')
    expect(onClose).toHaveBeenCalledOnce()
  })

  it('show the time in other ways', async () => {
    const { user, press } = await dock()
    const last = await line(/#39$/)
    await press('Time')
    await user.click(screen.getByRole('menuitemcheckbox', { name: 'UTC' }))
    expect(last).toHaveTextContent(/^\d{4}-\d\d-\d\d .*Z/)
    await user.click(screen.getByRole('menuitemcheckbox', { name: 'How long ago' }))
    expect(last).toHaveTextContent(/^1 min ago/)
    await user.click(screen.getByRole('menuitemcheckbox', { name: 'No time' }))
    expect(last).toHaveTextContent(/^k9f2m/)
  })

  it('make the dock higher, and whole', async () => {
    const { user, press } = await dock()
    await line(/#39$/)
    const edge = screen.getByRole('separator', { name: 'Height of the logs' })
    edge.focus()
    await user.keyboard('{ArrowUp}')
    expect(edge).toHaveAttribute('aria-valuenow', '364')
    await press('Make the logs larger')
    expect(screen.queryByRole('separator')).toBeNull()
    await press('Make the logs smaller')
    expect(screen.getByRole('separator')).toHaveAttribute('aria-valuenow', '364')
  })

  it('save what matches', async () => {
    const { user, backend, more, id } = await dock()
    await line(/#39$/)
    await user.type(screen.getByRole('searchbox'), 'panic')
    await user.click(screen.getByRole('button', { name: 'Only matches' }))
    await more('Download…')
    expect(await screen.findByText('The log is saved.')).toBeVisible()
    expect(backend.called('logs.download')).toEqual([[id(), expect.objectContaining({ search: 'panic' })]])
  })
})

describe('without lines', () => {
  it.each([
    ['empty', 'No pods yet', ''],
    ['silent', 'No lines yet', ''],
    ['starting', 'Waiting for the containers', 'ContainerCreating'],
    ['denied', 'The logs can’t be read', 'ana may not read logs in shop: forbidden by RBAC.'],
    ['done', 'The containers have ended', ''],
  ])('%s: says why', async (name, title, why) => {
    await dock(refOf('deployments.apps', name))
    expect(await screen.findByRole('heading', { name: title })).toBeVisible()
    if (why) expect(screen.getByText(why)).toBeVisible()
    await expectNoViolations()
  })

  it('because they can’t be opened: says why, and tries again', async () => {
    const { press } = await dock(WEB, (backend) =>
      backend.fail('logs.open', { code: 'unreachable', message: 'harbour does not answer.' }),
    )
    expect(await screen.findByRole('alert')).toHaveTextContent('harbour does not answer.')
    await expectNoViolations()
    await press('Try again')
    expect(await line(/#39$/)).toBeVisible()
  })
})
