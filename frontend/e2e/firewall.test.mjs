// J9, the import firewall: what a kubeconfig asks for is said before anything happens, and nothing runs unasked.
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { choose, logIn, paste, synced } from './lib/person.mjs'
import { journey } from './lib/world.mjs'

/** Turns the reading direction: what follows it is read backwards. */
const backwards = '\u202e'

/** A context with the inside of its cluster and its user. */
const context = (name, cluster, user) => ({ name, cluster, user })

function kubeconfigOf(contexts) {
  const entries = (inner, text) => contexts.map((c) => `- {name: ${JSON.stringify(c.name)}, ${inner}: {${text(c)}}}`)
  const both = (c) => `cluster: ${JSON.stringify(c.name)}, user: ${JSON.stringify(c.name)}`
  return [
    'apiVersion: v1',
    'kind: Config',
    'clusters:',
    ...entries('cluster', (c) => c.cluster),
    'users:',
    ...entries('user', (c) => c.user),
    'contexts:',
    ...entries('context', both),
  ].join('\n')
}

journey('J9 a hostile kubeconfig is judged before anything happens, and nothing of it runs', async (story) => {
  const { machine, kubeconfig, rig } = story
  // It lies among the clusters' files and goes with them.
  const folder = mkdtempSync(join(dirname(await rig.kubeconfigFile('c4', 'j9-ana')), 'trap-'))
  const mark = join(folder, 'it-ran')
  const tokenFile = join(folder, 'token')
  writeFileSync(tokenFile, 'token-that-stays-in-its-file-0123456789')
  story.secrets.push('token-that-stays-in-its-file-0123456789')
  const server = rig.clusters[3].server
  const ca = (await kubeconfig('c4', 'j9-ana')).match(/certificate-authority-data: (\S+)/)[1]
  const good = `server: "${server}", certificate-authority-data: ${ca}`
  const hostile = kubeconfigOf([
    context(
      'runs',
      good,
      `exec: {apiVersion: client.authentication.k8s.io/v1, command: /usr/bin/touch, args: [${mark}], interactiveMode: Never}`,
    ),
    context('reads', good, `tokenFile: ${tokenFile}`),
    context('insecure', `server: "${server}", insecure-skip-tls-verify: true`, 'token: not-a-real-token-1'),
    context('proxied', `${good}, proxy-url: "http://127.0.0.1:1"`, 'token: not-a-real-token-2'),
    context('plain', 'server: "http://127.0.0.1:1"', 'token: not-a-real-token-3'),
    context(`safe${backwards}gnp.exe`, good, 'token: not-a-real-token-4'),
  ])
  const desk = await machine('desk')
  const screen = await desk.start()
  await logIn(screen, await kubeconfig('c1', 'j9-ana'))
  await choose(screen, { sealed: true, carry: true })
  await synced(screen)

  await screen.click('button', 'Add clusters')
  await paste(screen, hostile)
  await screen.find('grid', 'Contexts')
  await screen.accessible('the verdicts')
  for (const [name, title, detail] of [
    ['runs', /program/i, mark],
    ['reads', /file/i, tokenFile],
    ['insecure', /TLS|certificate/i, null],
    ['proxied', /proxy/i, '127.0.0.1:1'],
    ['plain', /http|encrypt/i, null],
  ]) {
    await screen.click('cell', new RegExp(`^${name} `))
    const about = await screen.find('region', `About ${name}`)
    const flags = await screen.find('list', 'What it asks for', about)
    const said = await screen.driver.run('(e) => e.textContent', flags)
    assert.match(said, title, `the verdict on ${name}`)
    if (detail) assert.ok(said.includes(detail), `${name} names ${detail}: ${said}`)
  }
  // A character that turns the reading direction can't dress the name up.
  const shown = await screen.text()
  assert.ok(!shown.includes(backwards) && /safe\S*202e\S*gnp\.exe/i.test(shown), 'the hidden character is shown')

  // Neither a test nor a member runs the program; what is kept is kept with its verdict.
  for (const name of ['runs', 'reads', 'insecure', 'proxied', 'plain']) await screen.tick('checkbox', `Connect ${name}`)
  await screen.click('button', 'Next')
  await screen.find('heading', 'May they run these programs?')
  await screen.accessible('the program')
  await screen.click('button', 'Go on without')
  await screen.accessible('the names')
  await screen.click('button', 'Next')
  await screen.find('button', 'Save anyway')
  await screen.accessible('tests that failed')
  await screen.click('button', 'Test all again')
  await screen.find('button', 'Save anyway')
  await screen.click('button', 'Save anyway')
  const kept = {
    c1: 'Ready',
    runs: 'Needs approval',
    reads: 'Sign in again',
    insecure: 'Sign in again',
    proxied: 'Unreachable',
    plain: 'Unreachable',
  }
  await screen.fleet(kept)
  await screen.click('checkbox', 'Select all shown clusters')
  await screen.click('button', 'Try now', await screen.find('region', 'Selected clusters'))
  await screen.fleet(kept)
  await synced(screen)
  await desk.quit()
  await desk.start()
  await screen.fleet(kept)
  assert.ok(!existsSync(mark), 'the program that a kubeconfig names was run')
})
