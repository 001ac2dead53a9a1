// browser.mjs ADDRESS ROWS MS  Measures the page at ADDRESS in Chromium: a table of ROWS pods, whose rows change for MS.
// Asks the bench for deeds by a line of JSON each and waits for a line in answer; the last line is the result.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const { chromium } = createRequire(new URL('../../frontend/package.json', import.meta.url))('playwright-core')
const [address, wanted, churnMs] = process.argv.slice(2)
const ROWS = Number(wanted)
const EACH = 100 // windows of each sort of deed
const SCROLL_MS = 10_000
const WORDS = ['cart-api', 'checkout-worker', 'billing-web-1', 'ledger', 'herd-13 node-00', 'team-07 crash']

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
async function order(deed) {
  process.stdout.write(`${JSON.stringify(deed)}\n`)
  if ((await lines.next()).done) throw new Error('the bench is gone')
}
const say = (text) => process.stderr.write(`bench: browser: ${text}\n`)
const pause = (ms) => new Promise((done) => setTimeout(done, ms))

// What runs in the page. Painted: a frame was made after what is waited for was in the document.
function install() {
  const painted = () =>
    new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0)))
  const until = (ok) =>
    new Promise((done, fail) => {
      const late = setTimeout(() => {
        watch.disconnect()
        fail(new Error(`not within 20 s: ${ok}`))
      }, 20_000)
      const look = () => {
        if (!ok()) return
        watch.disconnect()
        clearTimeout(late)
        painted().then(done)
      }
      const watch = new MutationObserver(look)
      watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
      look()
    })
  const grid = () => document.querySelector('[role=grid]')
  const scroller = () => grid().parentElement
  const shown = () => [...grid().querySelectorAll('[role=row][data-key]')]
  /** All rows in sight are there. */
  const whole = () => {
    if (grid().getAttribute('aria-busy') !== 'false') return false
    const rows = new Map(shown().map((r) => [Number(r.getAttribute('aria-rowindex')) - 2, r]))
    const count = Number(grid().getAttribute('aria-rowcount')) - 1
    if (count === 0) return true
    const height = [...rows.values()][0]?.offsetHeight
    if (!height) return false
    const first = Math.floor(scroller().scrollTop / height)
    const last = Math.min(count, Math.ceil((scroller().scrollTop + scroller().clientHeight - 40) / height)) - 1
    for (let i = first; i <= last; i++) if (!rows.has(i)) return false
    return true
  }
  /** Does something that asks for other rows, and tells the ms until these are painted. */
  const timed = async (act, less = 0) => {
    const began = performance.now()
    act()
    let asked = false
    return (await until(() => (asked ||= performance.now() - began >= less && grid().getAttribute('aria-busy') === 'true', asked && whole()))) - began - less
  }
  window.bench = {
    whole: () => Boolean(grid()) && whole() && shown().length > 0,
    sort: (n) => {
      const heads = [...grid().querySelectorAll('[role=columnheader] button')].filter((b) => b.textContent !== '')
      return timed(() => heads[n % heads.length].click())
    },
    filter: (n) => {
      const boxes = [...document.querySelectorAll('[role=dialog] input[type=checkbox]')]
      return timed(() => boxes[n % Math.min(boxes.length, 10)].click())
    },
    search: (text) => {
      const box = document.querySelector('[role=search] input[type=search]')
      return timed(() => {
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(box, text)
        box.dispatchEvent(new Event('input', { bubbles: true }))
      }, 120) // the page waits that long for the fingers to rest
    },
    jump: async (part) => {
      const element = scroller()
      const began = performance.now()
      element.scrollTop = part * (element.scrollHeight - element.clientHeight)
      const to = element.scrollTop
      return (await until(() => element.scrollTop === to && whole())) - began
    },
    top: () => ((scroller().scrollTop = 0), until(whole)),
    frames: (ms) => {
      const gaps = []
      const end = performance.now() + ms
      const from = scroller().scrollTop
      const height = shown()[0].offsetHeight
      let far = 0
      return new Promise((done) => {
        let last = 0
        requestAnimationFrame(function frame(now) {
          if (last) gaps.push(now - last)
          last = now
          far = Math.max(far, scroller().scrollTop - from)
          if (now < end) requestAnimationFrame(frame)
          else done({ gaps, rows: Math.round(far / height) })
        })
      })
    },
    /** A row near the top, and from now on a watch for its going. */
    victim: (n) => {
      const rows = shown().sort((a, b) => a.getAttribute('aria-rowindex') - b.getAttribute('aria-rowindex'))
      const row = rows[n % Math.min(10, rows.length)]
      const key = row.dataset.key
      window.bench.gone = until(() => !document.querySelector(`[data-key="${CSS.escape(key)}"]`)).then(() => Date.now())
      const cell = (id) => row.querySelector(`[data-column=${id}]`).innerText.trim()
      return { member: cell('member'), namespace: cell('namespace'), name: cell('name') }
    },
    tasks: [],
  }
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) window.bench.tasks.push(task.duration)
  }).observe({ type: 'longtask' })
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' })
const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
page.setDefaultTimeout(60_000)
const cdp = await page.context().newCDPSession(page)

async function heap() {
  await pause(500)
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage')
  return (await cdp.send('Runtime.getHeapUsage')).usedSize
}

async function explore(kind) {
  await page.getByRole('searchbox', { name: 'Search kinds' }).fill(kind)
  await page.keyboard.press('Enter')
  await page.getByRole('searchbox', { name: 'Search kinds' }).fill('')
}

async function open() {
  await page.goto(address)
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Explore' }).click()
  await page.getByRole('searchbox', { name: 'Search kinds' }).waitFor()
  await explore('limitranges') // nobody has any
  await page.waitForTimeout(1500)
  await page.evaluate(install)
  const empty = await heap()
  await explore('pods')
  await page.getByRole('heading', { level: 1, name: 'Pods' }).waitFor()
  await page.getByText(`${ROWS.toLocaleString('en-US')} rows`, { exact: true }).waitFor({ timeout: 120_000 })
  await page.waitForFunction(() => window.bench.whole())
  return { empty, full: await heap() }
}

async function windows() {
  const took = { sort: [], filter: [], search: [], scroll: [] }
  const typed = WORDS.flatMap((word) => [...word].map((_, i) => word.slice(0, i + 1))).filter((t) => t === t.trim())
  for (let i = 0; i < EACH; i++) {
    took.sort.push(await page.evaluate((n) => window.bench.sort(n), Math.floor(i / 2)))
    took.scroll.push(await page.evaluate((part) => window.bench.jump(part), (i * 0.618) % 1))
    took.search.push(await page.evaluate((text) => window.bench.search(text), typed[i % typed.length]))
  }
  await page.evaluate(() => window.bench.search(''))
  await page.getByRole('button', { name: /^Filter by namespace/ }).click()
  await page.getByRole('dialog', { name: 'Filter by namespace' }).getByRole('checkbox').first().waitFor()
  for (let i = 0; i < EACH; i++) took.filter.push(await page.evaluate((n) => window.bench.filter(n), i))
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Clear all' }).click({ timeout: 2000 }).catch(() => undefined) // all boxes may be off
  return took
}

async function scroll() {
  await page.evaluate(() => window.bench.top())
  const box = await page.getByRole('grid').locator('[role=row][data-key]').first().boundingBox()
  await page.mouse.move(box.x + 300, box.y + 200)
  const frames = page.evaluate((ms) => window.bench.frames(ms), SCROLL_MS)
  // As far each time as takes a person with a free-spinning wheel through all rows.
  const step = (ROWS * 40) / (SCROLL_MS / 16)
  for (const end = Date.now() + SCROLL_MS; Date.now() < end; ) await Promise.all([page.mouse.wheel(0, step), pause(16)])
  return frames
}

async function changes() {
  await page.evaluate(() => window.bench.top())
  await order({ op: 'churn', perSecond: 1000 })
  await pause(5000)
  const before = await heap()
  await page.evaluate(() => window.bench.tasks.splice(0))
  const took = []
  for (const end = Date.now() + Number(churnMs); Date.now() < end; ) {
    const victim = await page.evaluate((n) => window.bench.victim(n), took.length * 7)
    const began = Date.now()
    await order({ op: 'delete', ...victim })
    took.push((await page.evaluate(() => window.bench.gone)) - began)
    await pause(50 + Math.random() * 200)
  }
  const tasks = await page.evaluate(() => window.bench.tasks.splice(0))
  await order({ op: 'churn', perSecond: 0 })
  return { took, tasks, before, after: await heap() }
}

try {
  const { empty, full } = await open()
  say(`${ROWS} rows are there; heap ${(empty / 1e6).toFixed(1)} MB empty, ${(full / 1e6).toFixed(1)} MB with them`)
  const took = await windows()
  say('windows are timed')
  const { gaps, rows } = await scroll()
  const scrolled = await heap()
  await explore('limitranges')
  await page.waitForTimeout(1500)
  const again = await heap()
  await explore('pods')
  await page.waitForFunction(() => window.bench.whole())
  say(`scrolled by ${rows} rows`)
  const changed = await changes()
  say('changes are timed')
  const result = {
    windows: took, frames: gaps, rows, changes: changed.took, tasks: changed.tasks,
    heap: { empty, full, again, scrolled, before: changed.before, after: changed.after },
  }
  process.stdout.write(`${JSON.stringify({ op: 'done', result })}\n`)
} catch (e) {
  await page.screenshot({ path: process.env.BENCH_PICTURE ?? '/dev/null', type: 'png' }).catch(() => undefined)
  say(e.stack ?? e)
  process.exitCode = 1
} finally {
  await browser.close()
}
process.exit()
