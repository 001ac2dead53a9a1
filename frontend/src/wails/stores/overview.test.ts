import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { KEEP, overviewResource, PACE } from './overview'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

function started() {
  const backend = new FakeBackend()
  const resource = overviewResource(backend)
  const stop = resource.start()
  return { backend, resource, stop, pulls: () => backend.called('pane.overview').length }
}

describe('the overview', () => {
  it('is read at once, and then at most once a second however often it rings', async () => {
    const { backend, stop, pulls } = started()
    await pass(0)
    expect(pulls()).toBe(1)
    for (let i = 0; i < 30; i++) {
      backend.pane.changeOverview({ warningRows: i })
      await pass(PACE / 10)
    }
    await pass(PACE)
    expect(pulls()).toBeGreaterThanOrEqual(4)
    expect(pulls()).toBeLessThanOrEqual(5)
    stop()
  })

  it('shows the last news though the bells of single tables count otherwise than it does', async () => {
    const { backend, resource, stop } = started()
    await pass(0)
    backend.pane.overviewNow = { ...backend.pane.overviewNow, seq: 1000, warningRows: 1 }
    backend.pane.change('pods')
    await pass(PACE)
    expect(resource.store.getState()).toMatchObject({ status: 'ready', value: { warningRows: 1 } })
    stop()
  })

  it('hears of the fleet and of the kinds that it counts, and of no other', async () => {
    const { backend, stop, pulls } = started()
    await pass(0)
    backend.pane.change('secrets')
    await pass(2 * PACE)
    expect(pulls()).toBe(1)
    for (const kind of ['nodes', 'pods', 'deployments.apps', 'statefulsets.apps', 'daemonsets.apps', 'events']) {
      const before = pulls()
      backend.pane.change(kind)
      await pass(2 * PACE)
      expect(pulls(), kind).toBe(before + 1)
    }
    const before = pulls()
    backend.changeFleet((members) => members)
    await pass(2 * PACE)
    expect(pulls()).toBe(before + 1)
    stop()
  })

  it('asks again though nothing rings, so that Go keeps its tables open, and not after the page is left', async () => {
    const { stop, pulls } = started()
    await pass(3 * KEEP + PACE)
    expect(pulls()).toBe(4)
    stop()
    await pass(3 * KEEP)
    expect(pulls()).toBe(4)
  })

  it('keeps what was read, with the moment, when reading fails', async () => {
    const { backend, resource, stop } = started()
    await pass(0)
    const then = Date.now()
    await pass(PACE)
    backend.fail('pane.overview', { message: 'It is busy.' })
    resource.pull()
    await pass(0)
    expect(resource.store.getState()).toMatchObject({
      status: 'ready',
      value: { at: then },
      failure: { message: 'It is busy.' },
    })
    stop()
  })
})
