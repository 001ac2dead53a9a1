// The YAML editor: what the server would keep is seen before it is saved, and nobody's change is lost.
import assert from 'node:assert/strict'
import { confirm, edit, review, rewrite } from '../lib/drawer.mjs'
import { closeObject, explore, openObject } from '../lib/explorer.mjs'
import { paneTest } from '../lib/pane.mjs'

const path = '/api/v1/namespaces/shop/configmaps/settings'

/** What somebody does past the program. */
async function meanwhile(ask, cluster, data) {
  const now = await ask(cluster, path)
  await ask(cluster, path, 'PUT', { ...now, data: { ...now.data, ...data } })
}

async function open(tab, member) {
  await explore(tab, 'ConfigMaps')
  await tab.fill('searchbox', 'Search ConfigMaps', 'settings')
  await openObject(tab, 'ConfigMaps', 'settings', member)
}

async function save(tab, member) {
  await tab.click('button', `Save to ${member}`)
  await confirm(tab, 'Save shop/settings?', `Save in ${member}`)
  await tab.find('button', 'Edit')
}

paneTest('an edit is reviewed, saved in the cluster that it names, and kept', async ({ tab, ask }) => {
  await open(tab, 'south')
  const editor = await edit(tab, 'settings')
  await tab.accessible('edit')
  await rewrite(tab, editor, 'level: info', 'info', 'debug')
  const seen = await review(tab)
  await tab.sees('level: debug', seen)
  await tab.accessible('review')
  await save(tab, 'south')
  assert.equal((await ask('south', path)).data.level, 'debug')
  assert.equal((await ask('c1', path)).data.level, 'info')
  await closeObject(tab, 'settings')
})

paneTest('who was faster is asked about where both changed the same, and kept elsewhere', async ({ tab, ask }) => {
  await open(tab, 'c1')
  let editor = await edit(tab, 'settings')
  await rewrite(tab, editor, 'theme: light', 'light', 'dark')
  await meanwhile(ask, 'c1', { level: 'warn' })
  const seen = await review(tab)
  await tab.sees('Somebody else changed it meanwhile', seen)
  await save(tab, 'c1')
  const { data } = await ask('c1', path)
  assert.deepEqual([data.level, data.theme], ['warn', 'dark'])

  editor = await edit(tab, 'settings')
  await rewrite(tab, editor, 'theme: dark', 'dark', 'green')
  await meanwhile(ask, 'c1', { theme: 'blue' })
  await tab.click('button', 'Review')
  const clashes = await tab.find('region', 'Changes that clash')
  await tab.sees('blue', clashes)
  await tab.sees('green', clashes)
  await tab.accessible('clashes')
  await tab.tick('radio', 'Take mine')
  await tab.click('button', 'Review with these')
  await tab.find('region', 'Review of your changes')
  await save(tab, 'c1')
  assert.equal((await ask('c1', path)).data.theme, 'green')
  await closeObject(tab, 'settings')
})

paneTest('what the server would refuse is told at its line, and nothing is lost', async ({ tab, ask }) => {
  await open(tab, 'c1')
  const editor = await edit(tab, 'settings')
  await editor.getByText('kind: ConfigMap', { exact: true }).click()
  await tab.press('End')
  await tab.press('Enter')
  await tab.type('bogus: 1')
  // biome-ignore lint/performance/useDomNodeTextContent: lines as they are seen
  const line = await editor.evaluate((e) => e.innerText.split('\n').findIndex((l) => l.startsWith('bogus')) + 1)
  await tab.click('button', 'Review')
  const alert = await tab.find('alert')
  await tab.sees('It can’t be saved like this', alert)
  await tab.sees(new RegExp(`^Line ${line}: .*bogus`), alert)
  await tab.accessible('problems')
  await tab.sees('bogus: 1', editor)

  await tab.click('button', 'Close: settings')
  await confirm(tab, 'Discard your changes to settings?', 'Discard the changes')
  await tab.gone('complementary', 'Details of settings')
  assert.equal((await ask('c1', path)).bogus, undefined)
})
