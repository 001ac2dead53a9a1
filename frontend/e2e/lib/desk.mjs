// A desk at which the person uses the program in Chromium: a `dev` build of the unmodified program, which also serves its page
// on loopback. What Go does and what lies on the disk is the same; only the engine that shows the page is another.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newBrowserContext } from './browser.mjs'
import { pause } from './driver.mjs'
import { freePort } from './machine.mjs'
import { devProgram, pageFolder, results, root } from './paths.mjs'
import { ended, environmentOf, processesIn, processesWith, signal } from './processes.mjs'
import { patience } from './screen.mjs'
import { Tab } from './tab.mjs'

/** Makes a desk in a HOME of its own that goes with it. */
export async function newDesk() {
  const home = mkdtempSync(join(tmpdir(), 'binnacle-desk-'))
  const profile = `${home}/profile`
  const stdio = ['ignore', 'ignore', process.env.E2E_VERBOSE ? 'inherit' : 'ignore']
  // The session outlives the program, and with it the keyring.
  const session = spawn(`${root}/build/desktop.sh`, ['sleep', 'infinity'], {
    env: { ...process.env, DESKTOP_HOME: home, DESKTOP_XVFB: '1', GTK_THEME: 'Adwaita' },
    stdio,
  })
  const env = await environmentIn(home)
  // The same port each time: what the page keeps in the browser is kept by address.
  const port = await freePort()
  const address = `http://localhost:${port}`
  const programs = () => processesWith([devProgram, '--profile', profile])
  const tool = (...args) => spawnSync('xdotool', args, { env, encoding: 'utf8', timeout: patience }).stdout.trim()
  let browser = await newBrowserContext()
  const open = async () => {
    const page = await browser.newPage()
    const tab = new Tab(page)
    await page.goto(address)
    await tab.loaded()
    return tab
  }
  return {
    home,
    profile,
    /** Starts the program, and opens its page. */
    async start() {
      const served = { assetdir: pageFolder, devserver: `localhost:${port}` }
      spawn(devProgram, ['--profile', profile], { env: { ...env, ...served }, stdio })
      await answers(address)
      return open()
    },
    /** Opens the page anew, while the program goes on. */
    async reload() {
      for (const page of browser.pages()) await page.close()
      return open()
    },
    /** Ends the program as closing its window does. */
    async quit() {
      for (const page of browser.pages()) {
        await page.evaluate(() => window.runtime.Quit()).catch(() => undefined)
        await page.close()
      }
      if (!(await ended(programs))) throw new Error('the program did not end')
    },
    /** From now on it is a browser that has never seen the page, as another machine's. */
    async forgetBrowser() {
      await browser.close()
      browser = await newBrowserContext()
    },
    /** Answers the window's dialog that asks where to save a file, with a name; then gives a way to read that file. */
    saveAs(name) {
      const path = `${home}/${name}`
      const dialog = tool('search', '--onlyvisible', '--sync', '--name', '^Save as$')
      tool('windowfocus', '--sync', dialog)
      tool('key', 'ctrl+a')
      tool('type', '--delay', '5', path)
      tool('key', 'Return')
      return () => readFileSync(path, 'utf8')
    },
    async picture(title) {
      mkdirSync(results, { recursive: true })
      const file = `${results}/${title.replaceAll(/[^\w-]+/g, '-')}.png`
      await browser.pages().at(-1)?.screenshot({ path: file })
      return file
    },
    async end() {
      await browser.close()
      signal(programs(), 'SIGKILL')
      session.kill('SIGTERM')
      const mine = () => processesIn(home)
      if (!(await ended(mine, 3000))) signal(mine(), 'SIGKILL')
      await pause(50)
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

/** What programs of a session have in their environment, once it is there. */
async function environmentIn(home) {
  const end = Date.now() + patience
  while (Date.now() < end) {
    const [sleeper] = processesWith(['sleep', 'infinity']).filter((pid) => processesIn(home).includes(pid))
    if (sleeper) return environmentOf(sleeper)
    await pause(50)
  }
  throw new Error('the session did not start')
}

async function answers(address) {
  const end = Date.now() + patience
  while (Date.now() < end) {
    const answer = await fetch(address).catch(() => null)
    if (answer?.ok) return
    await pause(50)
  }
  throw new Error(`nothing answers at ${address}; is ${devProgram} a dev build?`)
}
