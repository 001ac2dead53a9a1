// J1: two users, five clusters. Each finds exactly their own fleet again, and neither can learn or change the other's.
import assert from 'node:assert/strict'
import { kubectl, refused } from './lib/kubectl.mjs'
import { addCluster, choose, logIn, synced } from './lib/person.mjs'
import { journey } from './lib/world.mjs'

journey('J1 two users find their own fleets, and only those', async ({ machine, kubeconfig, rig }) => {
  const anas = { c1: 'Ready', three: 'Ready', five: 'Ready' }
  const ana = await machine('ana')
  let screen = await ana.start()
  await screen.accessible('welcome')
  await logIn(screen, await kubeconfig('c1', 'j1-ana'))
  await choose(screen, { sealed: true, carry: true })
  await addCluster(screen, 'three', await kubeconfig('c3', 'j1-ana'))
  await addCluster(screen, 'five', await kubeconfig('c5', 'j1-ana'))
  await screen.fleet(anas)
  await synced(screen)
  await screen.accessible('clusters')
  await ana.quit()

  const bens = { c2: 'Ready', one: 'Ready', four: 'Ready' }
  const ben = await machine('ben')
  screen = await ben.start()
  await logIn(screen, await kubeconfig('c2', 'j1-ben'))
  await choose(screen, { sealed: false })
  await addCluster(screen, 'one', await kubeconfig('c1', 'j1-ben'))
  await addCluster(screen, 'four', await kubeconfig('c4', 'j1-ben'))
  await screen.fleet(bens)
  await synced(screen)
  await ben.quit()

  screen = await ana.start()
  await screen.fleet(anas)
  await synced(screen)
  await ana.quit()
  screen = await ben.start()
  await screen.fleet(bens)
  await synced(screen)

  // Ben may keep a view of his own in Ana's primary, so RBAC alone doesn't keep him off hers.
  const view = await viewOf(rig, 'c1', 'j1-ana')
  const benAtOne = await rig.kubeconfigFile('c1', 'j1-ben')
  refused(kubectl(benAtOne, 'get', 'secrets', '-n', 'binnacle'), /secrets is forbidden: User "j1-ben" cannot list/)
  const read = kubectl(benAtOne, 'get', 'secret', view, '-n', 'binnacle', '-o', 'json')
  assert.equal(read.code, 0, read.text)
  const { data } = JSON.parse(read.text)
  for (const [key, value] of Object.entries(data)) {
    const plain = Buffer.from(value, 'base64').toString('latin1')
    for (const word of ['three', 'five', '127.0.0.1', 'PRIVATE KEY', 'client-key']) {
      assert.ok(!plain.includes(word), `${word} can be read in ${key} of a sealed view`)
    }
  }
  const other = /this view belongs to another user/
  refused(kubectl(benAtOne, 'delete', 'secret', view, '-n', 'binnacle'), other)
  const changed = JSON.stringify({ ...JSON.parse(read.text), data: { ...data, sealed: 'bm90IGhlcnM=' } })
  refused(kubectl(benAtOne, 'replace', '-n', 'binnacle', '-f', '-', { input: changed }), other)
})

/** The name of the one Secret that holds a user's view, as an administrator finds it. */
async function viewOf(rig, cluster, user) {
  const { body } = await rig.command(cluster, 'request', { path: '/api/v1/namespaces/binnacle/secrets' })
  const mine = body.items.filter((s) => s.metadata.annotations?.['binnacle.dev/user'] === user)
  assert.equal(mine.length, 1, `views of ${user} in ${cluster}`)
  return mine[0].metadata.name
}
