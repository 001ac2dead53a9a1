// What all tests of the pane share: one fleet of three clusters, and the program on a view of them, in Chromium.
import { readFileSync } from 'node:fs'
import { common, live, manifests, onlyFirst } from './contents.mjs'
import { newDesk } from './desk.mjs'
import { root } from './paths.mjs'
import { addCluster, choose, logIn } from './person.mjs'
import { startRig } from './rig.mjs'

/** The tests, in the order in which they run. */
export const paneTests = []

/**
 * c1 and south are of two Kubernetes versions, have live nodes, and the person may do everything there. In west, behind the
 * fault proxy, they may only read pods and config maps.
 */
export const clusters = { c1: 'c1', south: 'c2', west: 'c3' }

/** Containers whose logs are written by tests. */
const logs = [
  { namespace: 'shop', pod: 'beacon', name: 'main' },
  { namespace: 'data', pod: 'lantern', name: 'main' },
]

const kit = ['00-namespace', '10-policy', '20-everyone'].map((name) =>
  readFileSync(`${root}/build/kubernetes/${name}.yaml`, 'utf8'),
)

const readsSome = '{apiGroups: [""], resources: [pods, configmaps, namespaces], verbs: [get, list, watch]}'

let rig = null
let desk = null
let tab = null

export async function startPane() {
  rig = await startRig('--clusters', '3', '--versions', '1.36,1.33', '--users', '', '--controllers')
  const [c1, south, west] = Object.values(clusters)
  await rig.command(c1, 'apply', { manifests: kit.join('\n---\n') })
  for (const c of [c1, south, west]) await rig.command(c, 'apply', { manifests: manifests(...common) })
  for (const c of [c1, south]) {
    await rig.command(c, 'nodes', { nodes: 2, logs })
    await rig.command(c, 'apply', { manifests: manifests(...live) })
  }
  await rig.command(c1, 'apply', { manifests: manifests(...onlyFirst) })
  await rig.command(west, 'allow', { user: 'pane-ana', rules: [readsSome] })
  desk = await newDesk()
  tab = await desk.start()
  await prepare()
}

/** Logs in and connects the clusters, as a person does. */
async function prepare() {
  const may = { groups: ['system:masters'] }
  const kubeconfig = async (cluster, more) =>
    readFileSync(await rig.kubeconfigFile(clusters[cluster], 'pane-ana', more), 'utf8')
  await logIn(tab, await kubeconfig('c1', may))
  await choose(tab, { sealed: true, carry: true })
  await tab.find('row', 'c1')
  await addCluster(tab, 'south', await kubeconfig('south', may))
  await addCluster(tab, 'west', await kubeconfig('west', { proxy: true, validSeconds: 6 * 86_400 }))
  for (const name of ['c1', 'south', 'west']) await tab.sees('Ready', tab.all('row', name))
}

export async function stopPane() {
  await desk?.end()
  await rig?.end()
}

/**
 * Tells what a person does on a fleet that is ready. What is given: the page and the desk that it lies on, kubectl's way round
 * it, and ways to open the page anew and to restart the program, which answer the new page. Each test leaves the fleet as it
 * found it; the tests run one after the other.
 */
export function paneTest(name, tell) {
  paneTests.push({ name, run: () => run(name, tell) })
}

async function run(name, tell) {
  const restart = async ({ elsewhere = false } = {}) => {
    tab.sound()
    await desk.quit()
    if (elsewhere) await desk.forgetBrowser()
    tab = await desk.start()
    return tab
  }
  const reload = async () => {
    tab.sound()
    tab = await desk.reload()
    return tab
  }
  const command = (cluster, op, more) => rig.command(clusters[cluster], op, more)
  const apply = (cluster, ...objects) => command(cluster, 'apply', { manifests: manifests(...objects) })
  /** What the cluster itself holds, or does when it is asked past the program. */
  const ask = async (cluster, path, method = 'GET', body = undefined) =>
    (await command(cluster, 'request', { path, method, ...(body ? { body } : {}) })).body
  try {
    await tell({ tab, desk, reload, restart, command, apply, ask })
    tab.sound()
  } catch (cause) {
    console.error(`a picture: ${await desk.picture(`pane-${name}`)}`)
    tab = await desk.reload() // the next test finds no dialog of this one
    throw cause
  }
}
