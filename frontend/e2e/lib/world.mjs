// What all journeys share: five clusters, and how a journey is set up and taken down.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { closeBrowser } from './browser.mjs'
import { newIssuers } from './issuers.mjs'
import { newMachine } from './machine.mjs'
import { root } from './paths.mjs'
import { passphrase } from './person.mjs'
import { startRig } from './rig.mjs'
import { secretsOf } from './secrets.mjs'

/** The journeys, in the order in which they run. */
export const journeys = []

let rig = null
let issuers = null

/** c1, c2 and c3 have the admin kit and can hold views; nobody may keep anything in c4 and c5. c5 also signs in as OpenShift. */
export async function startClusters() {
  rig = await startRig('--clusters', '5', '--versions', '1.36', '--users', '', '--openshift')
  issuers = newIssuers(rig)
  const kit = ['00-namespace', '10-policy', '20-everyone'].map((name) =>
    readFileSync(`${root}/build/kubernetes/${name}.yaml`, 'utf8'),
  )
  for (const c of ['c1', 'c2', 'c3']) await rig.command(c, 'apply', { manifests: kit.join('\n---\n') })
}

export async function stopClusters() {
  await closeBrowser()
  await rig?.end()
}

/**
 * Tells what persons do. The journey gets a way to make a machine, one to get a user's kubeconfig, one to get an identity
 * provider, and the clusters; user names are its own. When it is over no file of its machines may hold a secret that it was
 * given, nor any token.
 */
export function journey(name, tell) {
  journeys.push({ name, run: () => run(name, tell) })
}

async function run(name, tell) {
  const machines = []
  const secrets = [passphrase, 'eyJhbGciOi', '"refresh_token"']
  const machine = async (who, options) => {
    const made = await newMachine(who, options)
    machines.push(made)
    return made
  }
  const kubeconfig = async (cluster, user, more) => {
    const file = await rig.kubeconfigFile(cluster, user, more)
    const text = readFileSync(file, 'utf8')
    assert.ok(secretsOf(text).length > 2, 'a kubeconfig with a key')
    secrets.push(...secretsOf(text))
    return text
  }
  const issuer = async (name) => {
    const one = await issuers(name)
    const user = (who) => {
      const known = one.users.find((u) => u.name === who)
      secrets.push(known.password)
      return known
    }
    return { ...one, user }
  }
  try {
    await tell({ machine, kubeconfig, issuer, rig, secrets })
    for (const m of machines) {
      await m.quit()
      m.holdsNoSecret(secrets)
    }
    const faults = new Set(machines.flatMap((m) => m.faults))
    assert.deepEqual([...faults], [], 'accessibility')
  } catch (cause) {
    for (const m of machines) {
      m.tellLog()
      console.error(`a picture: ${m.picture(`${name}-${m.name}`)}`)
    }
    throw cause
  } finally {
    await Promise.all(machines.map((m) => m.end()))
  }
}
