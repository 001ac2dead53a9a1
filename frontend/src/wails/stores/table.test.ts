import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FakeBackend } from '../../test/fakeBackend'
import { filter } from '../../test/paneFixtures'
import type { TableQuery, TableWindow } from '../model'
import { AGEING, type Ask, KEEP, PACE, SETTLE, Table } from './table'
import { rowAt } from './tablePages'

const ASK: Ask = { kind: 'pods', filter: filter(), sort: '', desc: false }

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A table over 2,000 rows whose requests take so long, ms. */
async function opened(takes = 10) {
  const backend = new FakeBackend({ delay: takes })
  backend.pane.fill('pods', 2000)
  const table = new Table(backend)
  table.ask(ASK)
  const stop = table.start()
  await vi.advanceTimersByTimeAsync(PACE * 3)
  backend.calls = []
  return { backend, pane: backend.pane, table, stop, now: () => table.store.getState() }
}

const queries = (backend: FakeBackend) => backend.called('pane.window').map(([query]) => query as TableQuery)

it('makes at most ten requests a second of any number of doorbells, and ends with what is newest', async () => {
  const { backend, pane, now } = await opened()
  for (let i = 0; i < 1000; i++) {
    pane.change('pods', (t) => {
      t.rows = t.rows.map((r, at) => (at === 0 ? { ...r, cells: [...r.cells.slice(0, 2), String(i)] } : r))
    })
    await vi.advanceTimersByTimeAsync(2)
  }
  expect(queries(backend).length).toBeLessThanOrEqual(21)
  expect(queries(backend).length).toBeGreaterThan(15)
  await vi.advanceTimersByTimeAsync(PACE * 2)
  expect(now().head?.seq).toBe(pane.table('pods').seq)
  expect(rowAt(now().pages, 0)?.cells[2]).toBe('999')
}, 60_000)

it('never has more than two requests under way, however fast one scrolls', async () => {
  const { backend, table, now } = await opened(80)
  const real = backend.pane.window
  let flying = 0
  let most = 0
  backend.pane.window = (query) => {
    most = Math.max(most, ++flying)
    return real(query).finally(() => flying--)
  }
  for (let first = 0; first < 1900; first += 90) {
    table.look({ first, last: first + 30 }, null)
    await vi.advanceTimersByTimeAsync(16)
  }
  expect(most).toBe(2)
  await vi.advanceTimersByTimeAsync(1000)
  expect(rowAt(now().pages, 1890)).toBeDefined()
  // What flew past was not asked for.
  expect(queries(backend).length).toBeLessThan(20)
})

it('leaves the neighbours of what is in sight until that could be painted', async () => {
  const { backend, table, now } = await opened()
  table.look({ first: 1000, last: 1030 }, null)
  await vi.advanceTimersByTimeAsync(SETTLE - 1)
  expect(rowAt(now().pages, 1000)).toBeDefined()
  expect(queries(backend).map((q) => q.offset)).toEqual([1000])
  await vi.advanceTimersByTimeAsync(SETTLE)
  expect(rowAt(now().pages, 900)).toBeDefined()
  expect(rowAt(now().pages, 1100)).toBeDefined()
})

it('keeps a row in its place when others come before it', async () => {
  const { pane, table, now } = await opened()
  table.look({ first: 500, last: 530 }, null)
  await vi.advanceTimersByTimeAsync(200)
  const row = rowAt(now().pages, 500)
  table.look({ first: 500, last: 530 }, { key: row?.key ?? '', index: 500 })
  pane.change('pods', (t) => {
    const like = t.rows[0]
    if (like) t.rows.push(...Array.from({ length: 700 }, (_, i) => ({ ...like, key: `new${i}`, name: `a-${i}` })))
  })
  await vi.advanceTimersByTimeAsync(PACE * 3)
  expect(now().moved).toBe(700)
  expect(rowAt(now().pages, 1200)?.key).toBe(row?.key)
})

it('leaves rows that did not change the same objects', async () => {
  const { pane, now } = await opened()
  const before = [rowAt(now().pages, 0), rowAt(now().pages, 1)]
  pane.change('pods', (t) => {
    t.rows = t.rows.map((r) => (r.key === before[0]?.key ? { ...r, tone: 'bad' } : r))
  })
  await vi.advanceTimersByTimeAsync(PACE * 2)
  expect(rowAt(now().pages, 0)?.tone).toBe('bad')
  expect(rowAt(now().pages, 1)).toBe(before[1])
})

it('drops what answers an earlier question, and shows the old rows until the new ones are there', async () => {
  const { table, now } = await opened(50)
  table.ask({ ...ASK, filter: filter({ search: 'ledger' }) })
  table.ask({ ...ASK, filter: filter({ search: 'cache' }) })
  expect(now().busy).toBe(true)
  expect(rowAt(now().pages, 0)?.name).toBe('api-0000')
  await vi.advanceTimersByTimeAsync(300)
  expect(now().busy).toBe(false)
  expect(rowAt(now().pages, 0)?.name).toMatch(/^cache-/)
})

it('drops an answer that is older than what shows', async () => {
  const { backend, table, now } = await opened()
  const slow: { query: TableQuery; answer: (w: TableWindow) => void }[] = []
  const pane = backend.pane
  const real = pane.window
  pane.window = (query) => new Promise((answer) => slow.push({ query, answer }))
  table.refresh()
  table.look({ first: 900, last: 930 }, null)
  expect(slow.length).toBe(2)
  const at = async (i: number) => slow[i]?.answer(await real(slow[i].query))
  const old = pane.table('pods').window(slow[1]?.query ?? ({} as TableQuery))
  pane.table('pods').changed()
  void at(0)
  await vi.advanceTimersByTimeAsync(20)
  const { seq } = now().head ?? { seq: 0 }
  slow[1]?.answer(old)
  await vi.advanceTimersByTimeAsync(0)
  expect(now().head?.seq).toBe(seq)
})

it('takes the answers of a table that Go began anew and that counts from one again', async () => {
  const { pane, now } = await opened()
  pane.change('pods', (t) => {
    t.seq = 0
  })
  await vi.advanceTimersByTimeAsync(PACE * 3)
  expect(now().head?.seq).toBe(1)
})

it('says what failed, asks no more by itself, and goes on at the next doorbell', async () => {
  const { backend, pane, table, now } = await opened()
  backend.fail('pane.window', { message: 'No.' })
  table.refresh()
  await vi.advanceTimersByTimeAsync(PACE * 3)
  expect(now().failure?.message).toBe('No.')
  const calls = queries(backend).length
  await vi.advanceTimersByTimeAsync(PACE * 10)
  expect(queries(backend)).toHaveLength(calls)
  pane.change('pods', () => undefined)
  await vi.advanceTimersByTimeAsync(PACE * 3)
  expect(now().failure).toBeNull()
})

it('asks now and then for a table that rests, lest Go drops it; and no more once it is stopped', async () => {
  const { backend, stop } = await opened()
  await vi.advanceTimersByTimeAsync(KEEP + PACE)
  expect(queries(backend).length).toBeGreaterThan(0)
  stop()
  backend.calls = []
  await vi.advanceTimersByTimeAsync(KEEP * 3)
  expect(backend.calls).toEqual([])
})

it('lets go of rows that grow too old, though nothing rings', async () => {
  const { pane, table, now } = await opened()
  const at = Date.now()
  pane.change('pods', (t) => {
    t.rows = t.rows.map((r, i) => ({ ...r, created: at - (i < 250 ? 290_000 : i < 300 ? 10_000 : 900_000) }))
  })
  table.ask({ ...ASK, filter: filter({ within: 300 }) })
  table.look({ first: 150, last: 180 }, null)
  await vi.advanceTimersByTimeAsync(AGEING - 1000)
  expect(now().head?.matched).toBe(300)
  await vi.advanceTimersByTimeAsync(3 * AGEING)
  expect(now().head?.matched).toBe(50)
  expect([...now().pages.values()].reduce((sum, page) => sum + page.rows.length, 0)).toBe(50)
})
