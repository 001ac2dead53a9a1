// What the demo does in the program's window: a fleet that is ready, and a walk through the screens.
import { readFileSync } from 'node:fs'
import { newMachine } from './lib/machine.mjs'
import { act, logIn, passphrase, paste, rename, synced, unlock } from './lib/person.mjs'
import { Camera, tourScreen } from './lib/tour.mjs'

const readText = (file) => readFileSync(file, 'utf8')

const places = {
  'prod-eu': { group: 'Production', labels: 'env=prod,team=shop,', colour: 'green' },
  'prod-us': { group: 'Production', labels: 'env=prod,team=shop,', colour: 'blue' },
  staging: { group: 'Staging', labels: 'env=staging,', colour: 'purple' },
  'edge-oslo': { group: 'Edge', labels: 'env=prod,site=oslo,', colour: 'orange' },
  lab: { group: 'Lab', labels: '', colour: 'grey' },
}
const ready = Object.fromEntries(Object.keys(places).map((name) => [name, 'Ready']))

/** Goes from an empty profile to a fleet of five that is ready. The camera, if there is one, looks on. */
export async function prepare(desk, camera) {
  const screen = await desk.start()
  camera?.at(screen)
  await camera?.take('welcome')
  if (camera) await verdicts(screen, camera)
  await screen.click('button', /^Found on this machine/)
  await screen.click('radio', /^Log in with .*prod-eu/)
  await screen.click('button', 'Also connect all')
  await camera?.take('choose-where-to-log-in')
  await screen.click('button', /^Log in to prod-eu and connect 4 more/)
  await screen.find('heading', 'How shall your view be kept?')
  await screen.tick('checkbox', /^Carry my clusters/)
  await screen.fillPassword('New passphrase', passphrase)
  await screen.fillPassword('New passphrase again', passphrase)
  await camera?.take('how-the-view-is-kept')
  await screen.click('button', 'Make a sealed view')
  await screen.fleet(ready)
  for (const [name, place] of Object.entries(places)) await arrange(screen, name, place)
  await synced(screen)
  return screen
}

async function arrange(screen, name, { group, labels, colour }) {
  await act(screen, name, 'Edit…')
  await screen.click('radio', colour)
  await screen.fill('combobox', 'Group', group)
  if (labels) await screen.fill('textbox', 'Labels', labels)
  await screen.click('button', 'Save')
  await screen.gone('dialog', `Edit ${name}`)
}

/** A kubeconfig that asks for much. */
const hostile = `apiVersion: v1
kind: Config
clusters:
- {name: a, cluster: {server: "https://gate.example.net:6443"}}
- {name: b, cluster: {server: "https://10.1.2.3:6443", insecure-skip-tls-verify: true}}
- {name: c, cluster: {server: "http://10.1.2.4:8080", proxy-url: "http://proxy.example.net:3128"}}
users:
- {name: a, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: /tmp/get-token, args: [--all], interactiveMode: Never}}}
- {name: b, user: {tokenFile: /etc/shadow}}
- {name: c, user: {username: admin, password: admin}}
contexts:
- {name: gate, context: {cluster: a, user: a}}
- {name: backdoor, context: {cluster: b, user: b}}
- {name: old-lab, context: {cluster: c, user: c}}
`

async function verdicts(screen, camera) {
  await paste(screen, hostile)
  await screen.find('grid', 'Contexts')
  await camera.take('verdicts')
  await screen.click('button', 'Back')
}

/** Walks through the screens, from a fleet that is ready. */
export async function tour({ screen, desk, camera, rig, say, toEnd }) {
  say('looking at every screen')
  await screen.until('no notices', async () => (await screen.all('button', /^Close: /)).length === 0)
  await camera.take('clusters-light')
  await act(screen, 'staging', 'Show details')
  await camera.take('details')
  await screen.click('button', /^Close: Details/)
  await camera.take('clusters-light') // the window is in the smaller size, in which menus stay open
  await screen.click('button', 'Actions for edge-oslo')
  await camera.take('menu', { resize: false })
  await screen.press('Escape')
  await wizard(screen, camera, rig)
  await screen.click('button', /^Your view/)
  await camera.take('sync-panel')
  await screen.click('button', 'Close: Sync')
  await pane(screen, camera)
  await screen.click('button', 'Settings')
  await camera.take('settings')
  await screen.click('radio', 'Dark')
  await camera.take('settings-dark')
  await screen.click('button', 'Clusters')
  await camera.take('clusters-dark')
  say('changing the view on two machines while prod-eu is away, for a conflict')
  await conflict({ screen, camera, rig, toEnd })
  say('stopping four clusters, to see the program offline')
  for (const { name } of rig.clusters.slice(0, 4)) await rig.command(name, 'stop')
  await desk.quit()
  const again = camera.at(await desk.start())
  await again.find('button', /^Your view: Saved here only/)
  await again.until('four unreachable', async () => {
    const rows = await again.rows()
    return rows.filter(([, text]) => text.includes('Unreachable')).length === 4
  })
  await camera.take('offline-dark')
}

/** The merged pane: the fleet at a glance, a table, an object and its YAML. */
async function pane(screen, camera) {
  await screen.click('button', 'Overview')
  await screen.sees(/CrashLoopBackOff/)
  await camera.take('overview')
  await screen.click('button', 'Explore')
  let pods = []
  await screen.until('pods of the fleet', async () => {
    pods = await screen.all('row', /^cart-/)
    return pods.length > 5
  })
  await camera.take('explore')
  await screen.clickElement(pods[0])
  await screen.find('heading', /^cart-/)
  await camera.take('object')
  await screen.click('tab', 'YAML')
  await screen.find('textbox', /YAML/)
  await camera.take('yaml')
  await screen.press('Escape')
  await screen.click('button', 'Applications')
  await screen.find('heading', 'Applications')
  await screen.until('the shop of each cluster', async () => (await screen.all('row', /^shop/)).length > 0)
  await camera.take('applications')
  const [page] = await screen.all('button', 'Clusters') // the other one is a column's
  await screen.clickElement(page)
}

async function wizard(screen, camera, rig) {
  await screen.click('button', 'Add clusters')
  await camera.take('add-1-source')
  const { kubeconfig } = await rig.command('lab', 'user', { user: 'eve', validSeconds: 3600 })
  await paste(screen, readText(kubeconfig))
  await screen.find('grid', 'Contexts')
  await camera.take('add-2-contexts')
  await screen.click('button', 'Next')
  await screen.fill('textbox', /^Name of /, 'lab-as-eve')
  await camera.take('add-3-names')
  await screen.click('button', 'Next')
  await screen.find('button', 'Connect 1 cluster')
  await camera.take('add-4-test')
  await screen.click('button', 'Cancel')
  await screen.click('button', 'Leave')
}

async function conflict({ screen, camera, rig, toEnd }) {
  const laptop = await newMachine('laptop', { environment: { DESKTOP_SCREEN: tourScreen } })
  toEnd.push(() => laptop.end())
  const other = await laptop.start()
  await logIn(other, readText(rig.clusters[0].kubeconfigs.ana))
  await unlock(other)
  await other.fleet(ready)
  await synced(other)
  await rig.command('prod-eu', 'stop')
  await rename(screen, 'lab', 'lab-north')
  await rename(other, 'lab', 'laboratory')
  await other.find('button', /^Your view: Saved here only/)
  await laptop.quit()
  await rig.command('prod-eu', 'start')
  await synced(screen)
  const back = await laptop.start()
  await back.find('button', /^Your view: 1 conflict/)
  await back.click('button', /^Your view/)
  const mirror = new Camera(laptop, camera.folder)
  mirror.at(back)
  await mirror.take('conflict')
  await laptop.quit()
}
