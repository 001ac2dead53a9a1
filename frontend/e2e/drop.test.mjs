// Files dropped on the window are an import like any other, on the welcome and in a view.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { drop } from './lib/drag.mjs'
import { choose, logIn, synced } from './lib/person.mjs'
import { journey } from './lib/world.mjs'

const overlay = 'Drop kubeconfigs here'

journey('a kubeconfig is dropped on the welcome', async ({ machine, kubeconfig, rig }) => {
  const desk = await machine('desk')
  const screen = await desk.start()
  await kubeconfig('c1', 'drop-ana')
  await drop(desk, [await rig.kubeconfigFile('c1', 'drop-ana')], () => screen.sees(overlay))
  await screen.click('button', 'Log in to c1')
  await choose(screen, { sealed: true, carry: true })
  await screen.fleet({ c1: 'Ready' })
})

journey('kubeconfigs and a picture are dropped on the view', async ({ machine, kubeconfig, rig }) => {
  const desk = await machine('desk')
  const screen = await desk.start()
  const here = await screen.driver.run('() => location.href')
  await logIn(screen, await kubeconfig('c1', 'drop-ben'))
  await choose(screen, { sealed: true, carry: true })
  await synced(screen)
  await kubeconfig('c4', 'drop-ben')
  const picture = `${desk.home}/holiday.png`
  writeFileSync(picture, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]))
  await drop(desk, [await rig.kubeconfigFile('c4', 'drop-ben'), picture], () => screen.sees(overlay))
  await screen.find('dialog', 'Add clusters')
  await screen.sees('1 file couldn’t be read', 'dialog', 'Add clusters')
  await screen.click('button', 'Next')
  await screen.click('button', 'Next')
  await screen.click('button', 'Connect 1 cluster')
  await screen.fleet({ c1: 'Ready', c4: 'Ready' })
  assert.equal(await screen.driver.run('() => location.href'), here, 'no drop led the page away')
})
