// Guard rails: what may be changed where. Go holds them, whatever the page sends.
import assert from 'node:assert/strict'
import { settings } from '../lib/contents.mjs'
import { asked, act as inDrawer } from '../lib/drawer.mjs'
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
