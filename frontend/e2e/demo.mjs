// The demo: five real clusters on loopback, and the program on a view of them that is ready. See build/demo.sh.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { prepare, tour } from './demo-tour.mjs'
import { newMachine } from './lib/machine.mjs'
import { kube, program, root } from './lib/paths.mjs'
import { passphrase } from './lib/person.mjs'
import { startRig } from './lib/rig.mjs'
import { Camera, tourScreen } from './lib/tour.mjs'

const folder = `${root}/build/demo`
const home = `${folder}/home`
const begun = Date.now()
const say = (words) => console.log(`[${String(Math.round((Date.now() - begun) / 1000)).padStart(3)} s] ${words}`)
const has = (tool) => spawnSync('which', [tool]).status === 0

const mac = process.platform === 'darwin'
const display = mac || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
const canDrive = !mac && has('WebKitWebDriver')

/** What has to be ended, the last first. */
const toEnd = []
let ending = null
function end() {
  ending ??= (async () => {
    for (const one of toEnd.toReversed()) await one().catch((e) => say(`not ended: ${e.message}`))
    say('all stopped')
  })()
  return ending
}
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(name, async () => {
    say('stopping everything')
    await end()
    process.exit(130)
  })
}

async function main() {
  for (const old of ['home', 'clusters', 'pictures']) rmSync(`${folder}/${old}`, { recursive: true, force: true })
  say('starting five Kubernetes clusters on this machine (etcd and API server, the real ones) and filling them')
  const rig = await startRig('--demo', '--dir', `${folder}/clusters`, '--users', 'ana,ben')
  toEnd.push(() => rig.end())
  for (const { name, version, server } of rig.clusters) say(`  ${name}: Kubernetes ${version} at ${server}`)
  const files = rig.clusters.map((c) => c.kubeconfigs.ana)
  if (!canDrive) return await withoutDriver(files)

  // As on the machine of somebody who has used kubectl: one file with five contexts.
  mkdirSync(`${home}/.kube`, { recursive: true })
  const merged = spawnSync(kube, ['kubectl', 'config', 'view', '--flatten', '--raw'], {
    env: { ...process.env, HOME: '/nonexistent', KUBECONFIG: files.join(':') },
  })
  writeFileSync(`${home}/.kube/config`, merged.stdout, { mode: 0o600 })

  const environment = {
    ...(display ? {} : { DESKTOP_SCREEN: tourScreen }),
    ...(has('Xvfb') ? {} : { DESKTOP_XVFB: '' }),
  }
  const desk = await newMachine('demo', { home, environment })
  toEnd.push(() => desk.end())
  const camera = display ? null : new Camera(desk, `${folder}/pictures`)
  say('starting Binnacle with a HOME, a session and a keyring of its own; your own are not touched')
  say('logging in to prod-eu as ana, and connecting the others')
  const screen = await prepare(desk, camera)
  say('the fleet is ready')
  if (camera) {
    await tour({ screen, desk, camera, rig, say, toEnd })
    if (process.env.UPDATE_IMAGES) keepImages(camera)
    say(`there is no display, so here are pictures of every screen: ${folder}/pictures`)
    return
  }
  await desk.quit()
  await desk.end()
  rmSync(`${home}/profile/window`, { force: true }) // it was another display's
  await open([])
}

/** Without a driver the person goes through import and login, which is what the program shows first. */
async function withoutDriver(files) {
  say('Binnacle opens with the five kubeconfigs: choose prod-eu to log in with, and "Also connect all"')
  await open(files)
}

/** The program's window, until the person closes it. */
async function open(kubeconfigs) {
  const words = ['--profile', mac ? `${folder}/profile` : `${home}/profile`, ...kubeconfigs]
  const [command, args] = mac ? [program, words] : [`${root}/build/desktop.sh`, [program, ...words]]
  const stdio = process.env.E2E_VERBOSE ? 'inherit' : 'ignore'
  const child = spawn(command, args, { env: { ...process.env, DESKTOP_HOME: home }, stdio })
  const closed = new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject))
  toEnd.push(async () => {
    child.kill('SIGTERM')
    await closed
  })
  say('the window is yours; close it, or press Ctrl-C here, and everything stops')
  if (kubeconfigs.length === 0) say(`the passphrase of its sealed view is ${passphrase}`)
  const code = await closed
  if (code && !ending) throw new Error(`the program ended with ${code}; E2E_VERBOSE=1 shows what it says`)
}

function keepImages(camera) {
  mkdirSync(`${root}/docs/images`, { recursive: true })
  for (const name of ['clusters-light', 'clusters-dark']) {
    cpSync(camera.file(name), `${root}/docs/images/${name}.png`)
    say(`kept docs/images/${name}.png`)
  }
}

try {
  await main()
} catch (e) {
  if (!ending) {
    console.error(e)
    process.exitCode = 1
  }
} finally {
  await end()
}
