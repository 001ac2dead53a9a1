// The window itself: looks, a second start, and what a page that went wrong could not do.
import assert from 'node:assert/strict'
import { choose, logIn, synced } from './lib/person.mjs'
import { journey } from './lib/world.mjs'

journey('looks are chosen and kept', async ({ machine, kubeconfig }) => {
  const desk = await machine('desk')
  let screen = await desk.start()
  await logIn(screen, await kubeconfig('c1', 'window-ana'))
  await choose(screen, { sealed: true, carry: true })
  await screen.fleet({ c1: 'Ready' })
  await screen.click('button', 'Settings')
  await screen.find('heading', 'Settings')
  await screen.accessible('settings')
  const background = () => screen.driver.run('() => getComputedStyle(document.body).backgroundColor')
  const light = await background()
  await screen.click('radio', 'Dark')
  await screen.until('a dark page', async () => (await background()) !== light)
  await screen.accessible('dark settings')
  await screen.click('radio', 'Compact')
  await screen.click('button', 'Clusters')
  await screen.accessible('dark clusters')
  const height = async () => {
    const row = await screen.find('row', 'c1')
    return screen.driver.run('(e) => e.getBoundingClientRect().height', row)
  }
  assert.ok((await height()) < 45, 'compact rows')
  await desk.quit()

  screen = await desk.start()
  await screen.fleet({ c1: 'Ready' })
  assert.notEqual(await background(), light)
  assert.ok((await height()) < 45, 'compact rows after a start')
})

journey('a second start brings its kubeconfig to the window that is there', async ({ machine, kubeconfig, rig }) => {
  const desk = await machine('desk')
  const screen = await desk.start()
  await logIn(screen, await kubeconfig('c1', 'window-ben'))
  await choose(screen, { sealed: true, carry: true })
  await screen.fleet({ c1: 'Ready' })
  await synced(screen)
  await kubeconfig('c4', 'window-ben')
  await desk.startAgain(await rig.kubeconfigFile('c4', 'window-ben'))
  await screen.find('dialog', 'Add clusters')
  await screen.click('button', 'Next')
  await screen.click('button', 'Next')
  await screen.click('button', 'Connect 1 cluster')
  await screen.fleet({ c1: 'Ready', c4: 'Ready' })
})

journey('nothing leads the page away from the program', async ({ machine }) => {
  const desk = await machine('desk')
  const screen = await desk.start()
  const here = await screen.driver.run('() => location.href')
  const run = (what) => screen.driver.run(what)
  await run("() => { location.href = 'https://example.com/' }")
  assert.equal(await run("() => window.open('https://example.com/')"), null)
  await run(
    "() => { const f = document.createElement('iframe'); f.src = 'https://example.com/'; document.body.append(f) }",
  )
  await run(
    "() => { const f = document.createElement('form'); f.action = 'https://example.com/'; document.body.append(f); f.submit() }",
  )
  await run(
    "() => { const s = document.createElement('script'); s.textContent = 'window.broken = 1'; document.body.append(s) }",
  )
  const fetched = await screen.driver.wait("() => fetch('https://example.com/').then(() => 'went', () => 'refused')")
  assert.equal(fetched, 'refused')
  await screen.driver.wait('() => new Promise((r) => setTimeout(r, 500))')
  assert.equal(await run('() => location.href'), here)
  assert.equal(await run('() => window.broken'), null)
  await screen.find('heading', 'Which cluster do you log in to?')
})
