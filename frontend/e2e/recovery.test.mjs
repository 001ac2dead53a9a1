// A member whose way is cut, silent, refused or in error says so in words, and is live again by itself; nobody else notices.
import assert from 'node:assert/strict'
import { addCluster, choose, logIn, synced, tryNow } from './lib/person.mjs'
import { journey } from './lib/world.mjs'

/** What stands in the way, how it begins and ends, and what is said of it. */
const faults = [
  ['nobody listens', { mode: 'refusing' }, /refused/i],
  ['nobody answers', { mode: 'silent' }, /No answer|No connection/],
  ['connections are cut', { cut: 'before' }, /Connection cut/],
  ['answers break off', { cut: 'body' }, /Connection cut/],
  ['the server is in trouble', { status: 503 }, /API server answers, but can.t serve \(503\)/],
  [
    'something else answers',
    { status: 200, body: '<h1>Log in to the Wi-Fi</h1>', type: 'text/html' },
    /not a Kubernetes API server/,
  ],
]

/** How long after its way is open again a member may take to be live, in ms: it is tried every two seconds. */
const soon = 8000

journey(
  'a member comes back by itself after each fault, and said what it was',
  async ({ machine, kubeconfig, rig }) => {
    const desk = await machine('desk')
    const screen = await desk.start()
    await logIn(screen, await kubeconfig('c1', 'recovery-ana'))
    await choose(screen, { sealed: true, carry: true })
    await addCluster(screen, 'three', await kubeconfig('c3', 'recovery-ana'))
    await addCluster(screen, 'far', await kubeconfig('c4', 'recovery-ana', { proxy: true }))
    const fleet = (far) => ({ c1: 'Ready', three: 'Ready', far })
    await screen.fleet(fleet('Ready'))
    await synced(screen)
    await screen.watch(['c1', 'three'])

    for (const [what, fault, words] of faults) {
      const end = await begin(rig, fault)
      await tryNow(screen, 'far')
      await screen.fleet(fleet('Unreachable'))
      // The cause, when it is tried next, and what was known before.
      await screen.fleet(fleet(words))
      await screen.fleet(fleet('v1.36'))
      await end()
      const from = Date.now()
      await screen.fleet(fleet('Ready'))
      const took = Date.now() - from
      console.log(`    ${what}: live again after ${took} ms`)
      assert.ok(took < soon, `${what}: live again after ${took} ms`)
    }
    assert.deepEqual(await screen.changes(), [], 'the other members were disturbed')
  },
)

/** Puts a fault in the way of c4; answers what takes it away. */
async function begin(rig, { mode, ...rule }) {
  if (mode) {
    await rig.command('c4', 'mode', { mode })
    return () => rig.command('c4', 'mode', { mode: 'open' })
  }
  const { fault } = await rig.command('c4', 'fault', { rule: { path: '/', ...rule } })
  return () => rig.command('c4', 'unfault', { fault })
}
