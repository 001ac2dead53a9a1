// Tables of what somebody wrote who means no good.
import assert from 'node:assert/strict'
import { hostile, widget } from '../lib/contents.mjs'
import { closeObject, explore, openObject, shows } from '../lib/explorer.mjs'
import { paneTest } from '../lib/pane.mjs'

const literal = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What of the page ran, or is more than text, seen or told. */
const harm = (tab) =>
  tab.page.evaluate(() => {
    const turns = (text) => ['\u001b', '\u202e', '\u202d'].some((c) => text?.includes(c))
    const told = [...document.querySelectorAll('[aria-label], [title]')]
    return {
      ran: window.pwned,
      images: document.querySelectorAll('img[src=x]').length,
      // biome-ignore lint/performance/useDomNodeTextContent: what is seen
      seen: turns(document.body.innerText),
      told: told.some((e) => turns(e.ariaLabel) || turns(e.title)),
    }
  })
const harmless = { ran: undefined, images: 0, seen: false, told: false }

paneTest("a table of a stranger's texts shows them as text, in rows, counts, filters and the drawer", async (all) => {
  const { tab, apply, ask } = all
  await apply('c1', widget('gull', hostile.status))
  await explore(tab, 'Widgets', 'wdg')
  await shows(tab, 'Widgets', ['gull c1'])
  const status = '<b onclick=pwned=1>\ufffd[31mReady\ufffddlrow'
  await tab.find('gridcell', new RegExp(literal(status)))
  await tab.find('columnheader', /^<i>Note/)
  await tab.click('button', 'Filter by status')
  const panel = await tab.find('dialog', 'Filter by status')
  await tab.click('checkbox', new RegExp(literal(status)), panel)
  await tab.accessible('a hostile status')
  await tab.press('Escape')
  await tab.find('button', `Remove the filter Status ${status}`)
  await shows(tab, 'Widgets', ['gull c1'])
  assert.deepEqual(await harm(tab), harmless)
  await tab.click('button', 'Actions for gull', tab.all('row', 'gull'))
  await tab.find('menuitem', `Show only ${status}`)
  await tab.press('Escape')
  await openObject(tab, 'Widgets', 'gull', 'c1')
  await tab.sees(hostile.html, tab.all('region', 'Annotations'))
  assert.deepEqual(await harm(tab), harmless)
  await closeObject(tab, 'gull')
  await ask('c1', '/apis/harbour.example.test/v1/namespaces/wild/widgets/gull', 'DELETE')
})

paneTest('names that would run or turn are names', async ({ tab, apply, ask }) => {
  const role = (name) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name },
    rules: [],
  })
  const names = ['<img src=x onerror=window.pwned=1>', 'gnu\u202epj.exe']
  await apply('c1', ...names.map(role))
  await explore(tab, 'ClusterRoles')
  await tab.fill('searchbox', 'Search ClusterRoles', '<img')
  await shows(tab, 'ClusterRoles', [`${names[0]} c1`])
  await openObject(tab, 'ClusterRoles', names[0], 'c1')
  await tab.find('heading', names[0])
  assert.deepEqual(await harm(tab), harmless)
  await closeObject(tab, names[0])
  await tab.fill('searchbox', 'Search ClusterRoles', 'gnu')
  await shows(tab, 'ClusterRoles', ['gnu\ufffdpj.exe c1'])
  assert.deepEqual(await harm(tab), harmless)
  const path = '/apis/rbac.authorization.k8s.io/v1/clusterroles/'
  for (const name of names) await ask('c1', path + encodeURIComponent(name), 'DELETE')
})
