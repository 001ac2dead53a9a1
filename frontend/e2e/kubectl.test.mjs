// kubectl from the vault: a kubeconfig without secrets, with which kubectl asks the program for a credential at each use.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { atProvider } from './lib/browser.mjs'
import { kubectl, refused } from './lib/kubectl.mjs'
import { act, choose, logIn, pasted, synced } from './lib/person.mjs'
import { secretsOf } from './lib/secrets.mjs'
import { connect, goByAddress, signIn, signOut } from './lib/signin.mjs'
import { journey } from './lib/world.mjs'

journey('kubectl works from the vault, with no secret in a file', async ({ machine, kubeconfig, issuer, rig }) => {
  const provider = await issuer('provider')
  const john = provider.user('john')
  const list = ['{apiGroups: [""], resources: [namespaces], verbs: [get, list]}']
  await rig.command('c1', 'allow', { user: 'kubectl-ana', rules: list })
  await rig.command('c4', 'allow', { user: john.username, rules: list })
  const desk = await machine('desk')
  const screen = await desk.start()
  await logIn(screen, await kubeconfig('c1', 'kubectl-ana'))
  await choose(screen, { sealed: true, carry: true })
  await goByAddress(screen, rig.clusters[3].server, provider)
  await screen.click('button', 'Go on with this way')
  await signIn(screen, desk, atProvider(john))
  await connect(screen, 'far')
  await screen.fleet({ c1: 'Ready', far: john.username })

  const files = {}
  for (const name of ['c1', 'far']) {
    await act(screen, name, 'Copy kubeconfig for kubectl through Binnacle')
    await screen.sees(/no secret is in it/)
    const text = await pasted(screen)
    assert.deepEqual(secretsOf(text), [], 'a secret is in the kubeconfig')
    files[name] = `${desk.home}/${name}.kubeconfig`
    writeFileSync(files[name], text)
  }
  const names = (file) => kubectl(file, 'get', 'namespaces', '-o', 'name', { env: desk.environment() })
  const works = (when) => {
    for (const [name, file] of Object.entries(files)) {
      const { code, text } = names(file)
      assert.ok(code === 0 && text.includes('namespace/kube-system'), `${name}, ${when}: ${text}`)
    }
  }
  works('beside the running program')
  await synced(screen)
  await desk.quit()
  works('after the program has ended')

  // Where a person is needed it says so, and opens nothing by itself.
  const again = await desk.start()
  await again.fleet({ c1: 'Ready', far: 'Ready' })
  await signOut(again, provider)
  await again.fleet({ c1: 'Ready', far: 'Sign in again' })
  refused(names(files.far), /Open Binnacle, or run this in a terminal/)
  assert.equal(desk.opener.opened().length, 1, 'kubectl opened a browser')
})
