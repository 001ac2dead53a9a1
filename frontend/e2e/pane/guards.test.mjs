// Guard rails: what may be changed where. Go holds them, whatever the page sends.
import assert from 'node:assert/strict'
import { settings } from '../lib/contents.mjs'
import { asked, edit, act as inDrawer, review, rewrite } from '../lib/drawer.mjs'
import { closeObject, explore, openObject } from '../lib/explorer.mjs'
import { paneTest } from '../lib/pane.mjs'
import { act } from '../lib/person.mjs'

const path = '/api/v1/namespaces/shop/configmaps/settings'

/** Chooses what may be changed in a cluster; a looser choice wants its name typed. */
async function guard(tab, member, choice, { typed = '' } = {}) {
  await tab.click('button', 'Clusters')
  await act(tab, member, 'Guard against changes…')
  const dialog = await tab.find('dialog', `What may be changed in ${member}?`)
  await tab.tick('radio', choice)
  await tab.accessible(`guard ${choice}`)
  if (typed) {
    assert.equal(await tab.all('button', 'Save', dialog).isEnabled(), false)
    await tab.fill('textbox', /^Type/, typed, dialog)
  }
  await tab.click('button', 'Save', dialog)
  await tab.gone('dialog', `What may be changed in ${member}?`)
}

/** Opens an object's drawer, and answers how the page names the object to Go. */
async function opened(tab, member) {
  await explore(tab, 'ConfigMaps')
  await tab.fill('searchbox', 'Search ConfigMaps', 'settings')
  const told = tab.page.waitForResponse((r) => new URL(r.url()).pathname === '/api/object')
  await openObject(tab, 'ConfigMaps', 'settings', member)
  return (await (await told).json()).ref
}

/** Sends a deletion from the page's own context, past all its dialogs. */
async function force(tab, ref, confirm) {
  const change = { ref, action: 'delete', replicas: 0, orphan: false, confirm }
  return tab.page.evaluate(async (body) => {
    const answer = await fetch('/api/object/change', { method: 'POST', body: JSON.stringify(body) })
    return { status: answer.status, text: await answer.text() }
  }, change)
}

async function refused(tab, ask, ref, why, confirm = 'south') {
  const { status, text } = await force(tab, ref, confirm)
  assert.ok(status >= 400, `${status} ${text}`)
  assert.match(text, why)
  assert.equal((await ask('south', path)).kind, 'ConfigMap')
}

paneTest('a read-only cluster is not changed, by the page or past it', async ({ tab, ask }) => {
  await guard(tab, 'south', 'Read-only')
  await tab.sees('Read-only', tab.all('row', 'south'))
  const ref = await opened(tab, 'south')
  await tab.sees('Read-only', tab.all('complementary', 'Details of settings'))
  await tab.click('button', 'Actions for settings', tab.all('complementary', 'Details of settings'))
  const entry = await tab.find('menuitem', 'Delete…')
  assert.equal(await entry.isEnabled(), false)
  assert.match(await entry.getAttribute('title'), /read-only/)
  await tab.accessible('a read-only cluster')
  await tab.press('Escape')
  await refused(tab, ask, ref, /read-only/)
  await closeObject(tab, 'settings')
})

paneTest('a protected cluster is changed only while it is unlocked by its name', async ({ tab, ask, apply }) => {
  await guard(tab, 'south', 'Protected', { typed: 'south' })
  await tab.sees('Protected', tab.all('row', 'south'))
  const ref = await opened(tab, 'south')
  await refused(tab, ask, ref, /protected|unlock/)
  await inDrawer(tab, 'settings', 'Delete…')
  const dialog = await asked(tab, 'Delete ConfigMap shop/settings?')
  const button = tab.all('button', 'Unlock, and delete in south', dialog)
  assert.equal(await button.isEnabled(), false)
  await tab.fill('textbox', /^Type/, 'sout', dialog)
  assert.equal(await button.isEnabled(), false)
  await tab.accessible('a protected cluster')
  await tab.click('button', 'Cancel', dialog)
  await closeObject(tab, 'settings')

  await tab.click('button', 'Clusters')
  await act(tab, 'south', 'Unlock for changes…')
  const unlock = await asked(tab, 'Unlock south for changes?')
  await tab.tick('radio', '5 minutes')
  await tab.fill('textbox', /^Type/, 'south', unlock)
  await tab.accessible('unlock')
  await tab.click('button', 'Unlock south', unlock)
  await tab.sees('Unlocked', tab.all('row', 'south'))
  await opened(tab, 'south')
  await refused(tab, ask, ref, /name/, 'c1') // a change names its cluster, also when it is unlocked
  await tab.click('button', 'Lock south now')
  await tab.sees('Protected', tab.all('complementary', 'Details of settings'))
  await refused(tab, ask, ref, /protected|unlock/)
  await closeObject(tab, 'settings')

  await guard(tab, 'south', 'Changes are allowed', { typed: 'south' })
  await opened(tab, 'south')
  const { status, text } = await force(tab, ref, 'south')
  assert.equal(status, 200, text) // that it was the guard which refused
  await tab.until('the object to go', async () => (await ask('south', path)).kind === 'Status')
  await closeObject(tab, 'settings')
  await apply('south', settings)
})

paneTest('a protected cluster is unlocked for a time from within a change, and by its name alone', async (all) => {
  const { tab, ask } = all
  const web = '/apis/apps/v1/namespaces/shop/deployments/web'
  const replicas = async () => (await ask('south', web)).spec.replicas
  const drawer = () => tab.all('complementary', 'Details of web')
  /** Says that it shall be scaled, and answers the dialog that asks. */
  const scale = async (to) => {
    await inDrawer(tab, 'web', 'Scale…')
    const dialog = await asked(tab, 'Scale Deployment shop/web?')
    await tab.fill('spinbutton', 'Replicas', to, dialog)
    return dialog
  }
  await guard(tab, 'south', 'Protected')
  await explore(tab, 'Deployments')
  const told = tab.page.waitForRequest((r) => new URL(r.url()).pathname === '/api/object')
  await openObject(tab, 'Deployments', 'web', 'south')
  const { member } = (await told).postDataJSON()
  const wrong = await tab.page.evaluate(
    async (body) => {
      const answer = await fetch('/api/guard/unlock', { method: 'POST', body: JSON.stringify(body) })
      return { status: answer.status, text: await answer.text() }
    },
    { member, typed: 'c1', minutes: 5 },
  )
  assert.ok(wrong.status >= 400 && /name/.test(wrong.text), JSON.stringify(wrong))

  let dialog = await scale('1')
  const unlock = tab.all('button', 'Unlock, and scale in south', dialog)
  for (const typed of ['South', 'south ', 'c1']) {
    await tab.fill('textbox', /^Type/, typed, dialog)
    assert.equal(await unlock.isEnabled(), false, typed)
  }
  await tab.fill('textbox', /^Type/, 'south', dialog)
  await tab.tick('radio', '5 minutes')
  await tab.accessible('unlock and scale')
  await unlock.click()
  await dialog.waitFor({ state: 'detached' })
  await tab.until('one replica', async () => (await replicas()) === 1)
  await tab.sees(/Unlocked for (5 min|4 min)/, drawer())

  // While it is unlocked only the change is asked about.
  dialog = await scale('2')
  assert.equal(await tab.all('textbox', /^Type/, dialog).count(), 0)
  await tab.click('button', 'Scale in south', dialog)
  await dialog.waitFor({ state: 'detached' })
  await tab.until('two replicas', async () => (await replicas()) === 2)

  // Locked again, the editor asks as the others do, and nothing of the text is lost.
  await tab.click('button', 'Lock south now')
  await tab.sees('Protected', drawer())
  await rewrite(tab, await edit(tab, 'web'), 'revisionHistoryLimit: 10', '10', '9')
  await review(tab)
  await tab.click('button', 'Save to south')
  dialog = await asked(tab, 'Save shop/web?')
  assert.equal(await tab.all('button', 'Unlock, and save in south', dialog).isEnabled(), false)
  await tab.fill('textbox', /^Type/, 'south', dialog)
  await tab.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await tab.until('the edit', async () => (await ask('south', web)).spec.revisionHistoryLimit === 9)
  await closeObject(tab, 'web')
  await guard(tab, 'south', 'Changes are allowed', { typed: 'south' })
})
