// J6: users with few rights. Each gets what they may see; for the rest it is said who says no, and what would change that.
import assert from 'node:assert/strict'
import { kubectl } from './lib/kubectl.mjs'
import { act, addCluster, choose, logIn, pasted, tryNow } from './lib/person.mjs'
import { journey } from './lib/world.mjs'

const users = { shop: 'j6-shop', pods: 'j6-pods', nobody: 'j6-nobody' }

/** What the administrator of c4 has given them: one may read a namespace, one all pods but no list of namespaces, one nothing. */
const rights = `
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: j6, namespace: shop}
rules: [{apiGroups: ["", apps], resources: [pods, deployments], verbs: [get, list, watch]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: j6, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: j6}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: ${users.shop}}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: j6-pods}
rules: [{apiGroups: [""], resources: [pods], verbs: [get, list, watch]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: j6-pods}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: j6-pods}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: ${users.pods}}]
`

journey('J6 users with few rights see what they may, and why not the rest', async ({ machine, kubeconfig, rig }) => {
  await rig.command('c4', 'apply', { manifests: rights })
  await rig.command('c4', 'clear')
  const desk = await machine('desk')
  let screen = await desk.start()
  await logIn(screen, await kubeconfig('c1', 'j6-ana'))
  await choose(screen, { sealed: true, carry: true })
  for (const [name, user] of Object.entries(users)) {
    const given = await kubeconfig('c4', user, { proxy: true })
    // As an administrator hands it out: with the namespace to begin with.
    await addCluster(screen, name, name === 'pods' ? given : inNamespace(given, 'shop'))
  }
  const live = { c1: 'Ready', shop: 'Ready', pods: 'Ready', nobody: 'Ready' }
  await screen.fleet(live)

  const unlisted = /You may not list this cluster.s namespaces/
  await details(screen, 'shop', /Namespaces\s+shop\s/, unlisted)
  const rule = await ruleOf(screen, 'The list of namespaces')
  await details(screen, 'pods', /Namespaces\s+None that is known/, unlisted)
  await details(
    screen,
    'nobody',
    /Namespaces\s+None that is known/,
    /The kubeconfig names it, but nothing in it may be read/,
  )
  await screen.accessible('what a user with few rights can use')
  await screen.click('button', /^Close: Details/)

  // What was copied is what an administrator needs.
  const admin = rig.clusters[3].kubeconfigs.admin
  const mine = await rig.kubeconfigFile('c4', users.shop)
  assert.notEqual(kubectl(mine, 'get', 'namespaces').code, 0)
  const applied = kubectl(admin, 'apply', '-f', '-', { input: rule })
  assert.equal(applied.code, 0, applied.text)
  await screen.until('the right', () => kubectl(mine, 'get', 'namespaces').code === 0)
  await tryNow(screen, 'shop')
  await details(screen, 'shop', /Namespaces\s+All/)
  await desk.quit()

  // From a cold start to live: few questions each, and none again for what was refused.
  await rig.command('c4', 'clear')
  screen = await desk.start()
  await screen.fleet(live)
  const { requests } = await rig.command('c4', 'requests')
  for (const user of Object.values(users)) {
    const asked = requests.filter((r) => r.user === user).map((r) => `${r.method} ${r.path}`)
    assert.ok(asked.length > 0 && asked.length <= 6, `${user} asked ${asked.length} times: ${asked.join(', ')}`)
    const inside = asked.filter((r) => /\/namespaces\/[^/]+\//.test(r) && !r.includes('/namespaces/binnacle/'))
    assert.deepEqual(inside, [], `${user} was tried in namespaces`)
  }
})

const inNamespace = (kubeconfig, namespace) =>
  kubeconfig.replace(/^( *)(- )?context:$/m, `$&\n    namespace: ${namespace}`)

/** Opens a row's details and waits for what they say of its rights. */
async function details(screen, name, ...patterns) {
  await act(screen, name, 'Show details')
  for (const pattern of patterns) await screen.sees(pattern, 'complementary', `Details of ${name}`)
}

/** Copies the rule that would end what is missing. */
async function ruleOf(screen, what) {
  const gaps = await screen.all('listitem', null, await screen.find('list', 'Not visible to you'))
  const [gap] = gaps
  assert.match(await screen.text(gap), new RegExp(`^${what}`))
  await screen.unfold('The rule that an administrator would apply', gap)
  await screen.click('button', `Copy the rule for: ${what}`)
  await screen.click('button', /^Close: Details/)
  return pasted(screen)
}
