// One machine of a person: a HOME, a display, a session bus and a keyring of its own, on which the program can be started
// again and again.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Driver, pause } from './driver.mjs'
import { newOpener } from './opener.mjs'
import { program, results, root } from './paths.mjs'
import { ended, environmentOf, processesIn, processesWith, signal } from './processes.mjs'
import { Screen } from './screen.mjs'
import { files, leaks } from './secrets.mjs'

/** A port of loopback that nobody listens at. */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

/** Makes a machine, in a HOME that is there or in one of its own that goes with it; environment is added to its session's. */
export async function newMachine(name, { environment = {}, home: given = '' } = {}) {
  const home = given || mkdtempSync(join(tmpdir(), `binnacle-${name}-`))
  const profile = `${home}/profile`
  const opener = newOpener(home)
  const PATH = `${opener.folder}:${environment.PATH ?? process.env.PATH}`
  const port = await freePort()
  // Everything runs inside one desktop session, so that the keyring outlives the program as it does for a person.
  const session = spawn(
    `${root}/build/desktop.sh`,
    ['env', `LD_PRELOAD=${root}/build/bin/wdshim.so`, 'WebKitWebDriver', `--port=${port}`, '--host=127.0.0.1'],
    {
      env: { ...process.env, DESKTOP_HOME: home, DESKTOP_XVFB: '1', GTK_THEME: 'Adwaita', ...environment, PATH },
      stdio: ['ignore', 'ignore', process.env.E2E_VERBOSE ? 'inherit' : 'ignore'],
    },
  )
  const driver = new Driver(`http://127.0.0.1:${port}`)
  const programs = () => processesWith([program, '--profile', profile])
  await driver.ready()
  /** What the program's session has, for tools on its display and for a second start. */
  let env = {}
  const faults = []
  return {
    name,
    /** What was found against accessibility on its screens. */
    faults,
    home,
    profile,
    /** What it opens in the system's browser. */
    opener,
    /** Starts the program; arguments are kubeconfigs. */
    async start(...args) {
      await driver.open(program, ['--profile', profile, ...args])
      const { LD_PRELOAD: _, ...rest } = environmentOf(programs()[0])
      env = rest
      const screen = new Screen(driver, name, faults)
      await screen.loaded()
      return screen
    },
    /** Starts the program once more while it runs, as a file manager does for a file; answers when that start has ended. */
    async startAgain(...args) {
      const again = spawn(program, ['--profile', profile, ...args], { env, stdio: 'ignore' })
      await new Promise((resolve, reject) => again.once('exit', resolve).once('error', reject))
    },
    /** Ends the program as closing its window does. */
    async quit() {
      if (programs().length === 0) return
      // It may be gone before it has answered.
      await driver.run('() => { setTimeout(() => window.runtime.Quit(), 0) }').catch(() => undefined)
      const gone = await ended(programs)
      await driver.forget()
      assert.ok(gone, `${name}: the program did not end`)
    },
    /** Ends the program as a power cut does. */
    async kill() {
      signal(programs(), 'SIGKILL')
      await ended(programs)
      await driver.forget()
    },
    /** What programs of its session have in their environment, once the program was started. */
    environment: () => env,
    /** Runs a tool on this machine's display and answers what it printed. */
    tool: (command, ...args) => spawnSync(command, args, { env, encoding: 'utf8' }).stdout,
    /** Starts a tool on this machine's display; the caller ends it. */
    run: (command, ...args) => spawn(command, args, { env, stdio: 'ignore' }),
    /** A picture of the whole display, for a look; answers its file. */
    picture(title) {
      mkdirSync(results, { recursive: true })
      const file = `${results}/${title.replaceAll(/[^\w-]+/g, '-')}.png`
      spawnSync('import', ['-window', 'root', file], { env })
      return file
    },
    /** Prints the end of the program's log, to find out what went wrong. */
    tellLog() {
      for (const file of existsSync(`${profile}/logs`) ? files(`${profile}/logs`) : []) {
        console.error(`${name}: ${file}\n${readFileSync(file, 'utf8').split('\n').slice(-25).join('\n')}`)
      }
    },
    /** Nothing of what was secret may lie in any file of this machine. */
    holdsNoSecret(secrets) {
      assert.deepEqual(leaks(home, secrets), [], `${name}: secrets in files`)
      const bait = `${home}/bait`
      writeFileSync(bait, `x${secrets.at(-1)}x`, 'latin1')
      assert.deepEqual(leaks(home, secrets), [bait], 'the search finds a secret where there is one')
    },
    async end() {
      signal(programs(), 'SIGKILL')
      session.kill('SIGTERM')
      const mine = () => processesIn(home)
      if (!(await ended(mine, 3000))) signal(mine(), 'SIGKILL')
      await pause(50)
      if (!given) rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
