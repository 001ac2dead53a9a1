// J9's other half: credentials that come from a program. It runs when the person has allowed just that, and not before.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { act, choose, logIn, paste, synced, tryNow } from './lib/person.mjs'
import { journey } from './lib/world.mjs'

journey('J9 a program gives a credential once it is allowed, and is asked for anew when it changes', async (story) => {
  const { machine } = story
  const folder = await folderOf(story)
  const mark = join(folder, 'it-ran')
  const program = join(folder, 'fleet-token')
  writeFileSync(program, `#!/bin/sh\necho "$@" >>${mark}\ncat ${await answerFor(story, folder)}\n`, { mode: 0o755 })
  const hash = () => createHash('sha256').update(readFileSync(program)).digest('hex')
  const desk = await machine('desk')
  let screen = await desk.start()
  await logIn(screen, await story.kubeconfig('c1', 'programs-ana'))
  await choose(screen, { sealed: true, carry: true })
  await screen.fleet({ c1: 'Ready' })

  await screen.click('button', 'Add clusters')
  await paste(screen, await kubeconfigWith(story, { command: program, args: ['get', 'a token'] }))
  await screen.sees(program, 'region', /^About /)
  await screen.click('button', 'Next')
  await screen.find('heading', 'May they run these programs?')
  await shows(screen, program, hash(), ['get', 'a token'])
  await screen.accessible('a program in the wizard')
  await screen.click('button', 'Go on without')
  await screen.fill('textbox', /^Name of /, 'far')
  await screen.click('button', 'Next')
  await screen.click('button', 'Save anyway')
  await screen.fleet({ c1: 'Ready', far: /Needs approval.*fleet-token must be allowed before it runs/s })
  await tryNow(screen, 'far')
  await synced(screen)
  await screen.fleet({ c1: 'Ready', far: 'Needs approval' })
  assert.ok(!existsSync(mark), 'the program ran before it was allowed')

  await screen.click('button', 'Allow its program: far')
  await shows(screen, program, hash(), ['get', 'a token'])
  await screen.accessible('a program of a member')
  await allow(screen)
  await screen.fleet({ c1: 'Ready', far: 'programs-far' })
  assert.match(readFileSync(mark, 'utf8'), /^(get a token\n)+$/)
  await synced(screen)

  // It runs again without a word, until it is another one.
  await desk.quit()
  screen = await desk.start()
  await screen.fleet({ c1: 'Ready', far: 'Ready' })
  await desk.quit()
  appendFileSync(program, '# changed\n')
  writeFileSync(mark, '')
  screen = await desk.start()
  await screen.fleet({ c1: 'Ready', far: /Needs approval.*is not what you allowed/s })
  assert.equal(readFileSync(mark, 'utf8'), '', 'a changed program ran')
  await act(screen, 'far', 'Allow its program…')
  await screen.sees('It has changed since you allowed it')
  await shows(screen, program, hash(), ['get', 'a token'])
  await allow(screen)
  await screen.fleet({ c1: 'Ready', far: 'Ready' })
})

journey('J9 a program of the login shell asks its question in the window', async (story) => {
  const { machine } = story
  const answer = await answerFor(story, await folderOf(story))
  // A desktop's own PATH knows nothing of what the person's profile adds.
  const desk = await machine('desk', { environment: { PATH: '/usr/bin:/bin', SHELL: '/bin/bash' } })
  const tools = `${desk.home}/tools`
  mkdirSync(tools)
  writeFileSync(`${desk.home}/.profile`, 'PATH="$HOME/tools:$PATH"\n')
  const ask =
    'printf "Number on your token: " >&2; read -r n; [ "$n" = 424242 ] || { echo "Not that one." >&2; exit 1; }'
  writeFileSync(`${tools}/fleet-login`, `#!/bin/sh\n${ask}\ncat ${answer}\n`, { mode: 0o755 })
  const screen = await desk.start()
  await logIn(screen, await story.kubeconfig('c1', 'programs-ben'))
  await choose(screen, { sealed: true, carry: true })
  await screen.click('button', 'Add clusters')
  await paste(screen, await kubeconfigWith(story, { command: 'fleet-login', args: [], mode: 'Always' }))
  await screen.click('button', 'Next')
  await screen.sees(`${tools}/fleet-login`)
  await allow(screen)
  await screen.click('button', 'Next')
  await screen.fill('textbox', /^Name of /, 'far')
  await screen.click('button', 'Next')
  await screen.click('button', 'Save anyway')
  await screen.fleet({ c1: 'Ready', far: 'Asks for you' })

  await screen.click('button', 'Run its program: far')
  await screen.click('button', 'Run fleet-login')
  await screen.sees('Number on your token:', 'log', 'What the program says')
  await screen.accessible('a program that asks')
  await screen.fillPassword('Your answer', '111111')
  await screen.click('button', 'Send')
  await screen.sees('Not that one.')
  await screen.click('button', 'Run fleet-login again')
  await screen.fillPassword('Your answer', '424242')
  await screen.click('button', 'Send')
  await screen.sees('fleet-login has ended')
  await screen.press('Escape')
  await screen.gone('dialog', 'The program of far')
  await screen.fleet({ c1: 'Ready', far: 'programs-far' })
})

/** A folder that lies among the clusters' files and goes with them. */
async function folderOf({ rig }) {
  return mkdtempSync(join(dirname(await rig.kubeconfigFile('c4', 'programs-far')), 'program-'))
}

/** A file with what a program answers for a user of c4. */
async function answerFor({ kubeconfig }, folder) {
  const text = await kubeconfig('c4', 'programs-far')
  const of = (key) => Buffer.from(text.match(new RegExp(`${key}: (\\S+)`))[1], 'base64').toString()
  const status = { clientCertificateData: of('client-certificate-data'), clientKeyData: of('client-key-data') }
  const credential = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status }
  writeFileSync(join(folder, 'answer'), JSON.stringify(credential))
  return join(folder, 'answer')
}

/** A kubeconfig of c4 whose user is what a program answers. */
async function kubeconfigWith({ kubeconfig }, { command, args, mode = 'Never' }) {
  const text = await kubeconfig('c4', 'programs-far')
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command, args, interactiveMode: mode }
  return text
    .replace(/^( *)client-certificate-data: .*$/m, `$1exec: ${JSON.stringify(exec)}`)
    .replace(/^ *client-key-data: .*\n?/m, '')
}

/** All that would run stands there: the file, what is in it, and what it is given. */
async function shows(screen, program, hash, args) {
  await screen.find('button', 'Allow this program')
  await screen.sees(program)
  await screen.sees(hash)
  const list = await screen.find('list', 'Arguments')
  const shown = await Promise.all((await screen.all('listitem', null, list)).map((item) => screen.text(item)))
  assert.deepEqual(shown, args)
}

/** The two presses that allow a program. */
async function allow(screen) {
  await screen.tick('checkbox', /^I know this program/)
  await screen.click('button', 'Allow this program')
}
