import { describe, expect, it } from 'vitest'
import type { LogLine, LogQuery, LogWindow } from '../../wails/model'
import { createLines, type Filters } from './lines'

const NO_FILTER: Filters = { search: '', levels: [], source: '', after: 0 }

/** A log that answers when the test says so. */
function log(count: number) {
  let numbers = Array.from({ length: count }, (_, i) => i + 1)
  let dropped = 0
  const asked: { query: LogQuery; answer: () => Promise<void>; refuse: () => Promise<void> }[] = []
  const line = (no: number): LogLine => ({ no, time: no, source: '', level: 'info', text: `line ${no}`, cut: 0 })
  const windowOf = ({ from, around, limit }: LogQuery): LogWindow => {
    const place = numbers.findIndex((n) => n >= around)
    const at = around > 0 ? (place < 0 ? numbers.length : place) : -1
    const start = at >= 0 ? at - Math.floor(limit / 2) : from < 0 ? numbers.length - limit : from
    const first = Math.max(0, start)
    const total = numbers.length
    const lines = numbers.slice(first, first + limit).map(line)
    return { seq: 1, total, dropped, matched: total, from: first, at, lines, sources: [] }
  }
  const pull = (query: LogQuery) =>
    new Promise<LogWindow>((resolve, reject) => {
      const settled = () => new Promise<void>((done) => setTimeout(done))
      asked.push({
        query,
        answer: () => {
          resolve(windowOf(query))
          return settled()
        },
        refuse: () => {
          reject({ code: 'unreachable', message: 'No.' })
          return settled()
        },
      })
    })
  const lines = createLines(pull, NO_FILTER)
  const answer = async () => {
    while (asked.length > 0) await asked.shift()?.answer()
  }
  return {
    lines,
    asked,
    answer,
    now: lines.store.getState,
    come: (n: number) => {
      const last = numbers.at(-1) ?? 0
      numbers = [...numbers, ...Array.from({ length: n }, (_, i) => last + i + 1)]
    },
    go: (n: number) => {
      numbers = numbers.slice(n)
      dropped += n
    },
  }
}

async function open(count: number) {
  const one = log(count)
  one.lines.look(0, 20)
  one.lines.start()
  await one.answer()
  return one
}

describe('the lines of a log', () => {
  it('are those at the end while it is followed', async () => {
    const { lines, now, come, answer } = await open(1000)
    expect(now().window?.lines.at(-1)?.no).toBe(1000)
    come(5)
    lines.news()
    await answer()
    expect(now().window?.lines.at(-1)?.no).toBe(1005)
    expect(now().fresh).toBe(0)
  })

  it('are asked for once more, however often it rings during a pull', async () => {
    const { lines, asked, answer } = await open(10)
    for (let i = 0; i < 5; i++) lines.news()
    expect(asked).toHaveLength(1)
    await asked.shift()?.answer()
    expect(asked).toHaveLength(1)
    await answer()
  })

  it('are asked for where one looks, and not when they are there already', async () => {
    const { lines, asked, answer, now } = await open(5000)
    lines.follow(false)
    lines.look(4900, 4920)
    expect(asked).toHaveLength(0)
    lines.look(100, 120)
    expect(asked[0]?.query).toMatchObject({ from: 0, around: 0 })
    await answer()
    expect(now().window?.lines[100]?.no).toBe(101)
  })

  it('stay in sight while older ones go, and count what comes', async () => {
    const { lines, answer, come, go, now } = await open(5000)
    lines.moveTo(2000)
    lines.look(2000, 2020)
    await answer()
    come(30)
    go(30)
    lines.news()
    await answer()
    expect(now().goal).toEqual({ by: -30 })
    expect(now().cursor).toMatchObject({ index: 1970 })
    expect(now().fresh).toBe(30)
    lines.follow(true)
    await answer()
    expect(now()).toMatchObject({ fresh: 0, cursor: null })
    expect(now().window?.lines.at(-1)?.no).toBe(5030)
  })

  it('stand still while it is paused, and are counted', async () => {
    const { lines, answer, come, now } = await open(100)
    lines.pause(true)
    come(7)
    lines.news()
    await answer()
    expect(now().window?.total).toBe(100)
    expect(now().fresh).toBe(7)
    lines.pause(false)
    await answer()
    expect(now().window?.total).toBe(107)
    expect(now().fresh).toBe(0)
  })

  it('are found by their number', async () => {
    const { lines, answer, now } = await open(5000)
    lines.goTo(1234)
    await answer()
    expect(now()).toMatchObject({ following: false, cursor: { index: 1233, no: 1234 } })
    expect(now().goal).toEqual({ index: 1233, align: 'center' })
  })

  it('keep the place of the cursor under another filter', async () => {
    const { lines, answer, asked, now } = await open(5000)
    lines.goTo(1234)
    await answer()
    lines.filter({ ...NO_FILTER, levels: ['error'] })
    expect(asked[0]?.query).toMatchObject({ around: 1234, levels: ['error'] })
    await answer()
    expect(now().cursor?.no).toBe(1234)
  })

  it('do not take an answer to what was asked under another filter', async () => {
    const { lines, asked, answer, now, come } = await open(10)
    come(1)
    lines.news()
    const old = asked.shift()
    lines.filter({ ...NO_FILTER, search: 'x' })
    await answer()
    const known = now().window
    await old?.answer()
    expect(now().window).toBe(known)
  })

  it('stay when a pull fails, and say why', async () => {
    const { lines, asked, answer, now } = await open(10)
    lines.news()
    await asked.shift()?.refuse()
    expect(now().failure).toMatchObject({ code: 'unreachable' })
    expect(now().window?.total).toBe(10)
    lines.news()
    await answer()
    expect(now().failure).toBeNull()
  })

  it('hear nothing any more after the end', async () => {
    const one = log(10)
    const stop = one.lines.start()
    stop()
    await one.answer()
    expect(one.now().window).toBeNull()
    one.lines.news()
    expect(one.asked).toHaveLength(0)
  })
})
