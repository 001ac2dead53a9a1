// Logs: of a pod, and of a workload in the order of time, as they are written.
import assert from 'node:assert/strict'
import { clearFilters, explore, openObject, rowOf, selectLabels } from '../lib/explorer.mjs'
import { paneTest } from '../lib/pane.mjs'

const beacon = { namespace: 'shop', pod: 'beacon', name: 'main' }

paneTest("a pod's log is followed, searched, and told by its levels", async ({ tab, command }) => {
  await command('south', 'log', { container: beacon, lines: ['INFO lit the lamp', 'ERROR the lamp <b>went</b> out'] })
  await explore(tab, 'Pods')
  await selectLabels(tab, 'app=beacon')
  await openObject(tab, 'Pods', 'beacon', 'south')
  await tab.click('button', 'Logs')
  const dock = await tab.find('region', 'Logs of beacon')
  await tab.find('option', /lit the lamp/, dock)
  await tab.find('option', /Error: .*<b>went<\/b> out/, dock)
  await tab.accessible('logs')
  await command('south', 'log', { container: beacon, lines: ['INFO lit it again'] })
  await tab.find('option', /lit it again/, dock)

  await tab.fill('searchbox', 'Find in the logs', 'again', dock)
  await tab.click('button', 'Only matches', dock)
  await tab.gone('option', /lit the lamp/, dock)
  await tab.find('option', /lit it again/, dock)
  await tab.click('button', 'Close the logs', dock)
  await tab.gone('region', 'Logs of beacon')
  await tab.click('button', 'Close: beacon')
  await clearFilters(tab)
})

paneTest("a workload's logs are those of all its pods, as one", async ({ tab, command }) => {
  await command('c1', 'log', { container: {}, lines: ['INFO served a page'] })
  await explore(tab, 'Deployments')
  await openObject(tab, 'Deployments', 'web', 'c1')
  await tab.click('button', 'Logs')
  const dock = await tab.find('region', 'Logs of web')
  await tab.click('button', 'Show the sources', dock)
  const sources = await tab.find('region', 'Sources', dock)
  await tab.until('both pods', async () => (await tab.all('button', /^Open pod web-/, sources).count()) === 2)
  await tab.until('a line of each', async () => (await tab.all('option', /served a page/, dock).count()) === 2)
  await tab.click('button', 'Close the logs', dock)
  await tab.click('button', 'Close: web')
})

paneTest(
  "a workload's logs are those of all clusters, as one; a cluster that gives none says why",
  async ({ tab, command }) => {
    await command('c1', 'log', { container: {}, lines: ['INFO heard in the first'] })
    await command('south', 'log', { container: {}, lines: ['ERROR heard in the second'] })
    await explore(tab, 'Deployments')
    await tab.click('button', 'Actions for web', rowOf(tab, 'Deployments', 'web', 'c1'))
    await tab.click('menuitem', 'Logs in all 2 clusters')
    const dock = await tab.find('region', 'Logs of web')
    const both = (name) =>
      tab.until(`both pods’ ${name}`, async () => (await tab.all('option', name, dock).count()) === 2)
    await both(/c1\/.*heard in the first/)
    await both(/south\/.*heard in the second/)
    await tab.accessible('logs of two clusters')

    await tab.click('button', 'In 2 clusters', dock)
    await tab.click('menuitemcheckbox', 'south')
    await tab.gone('option', /heard in the second/, dock)
    await both(/heard in the first/)
    await tab.click('menuitemcheckbox', /^west, which can’t tell/)
    await tab.press('Escape')
    await tab.sees(/^west: .*You may not/, dock)
    await both(/heard in the first/)
    await tab.click('button', 'In 2 clusters', dock)
    await tab.click('menuitemcheckbox', 'south')
    await tab.press('Escape')
    await command('south', 'log', { container: {}, lines: ['INFO heard once more'] })
    await both(/south\/.*heard once more/)
    await tab.accessible('a cluster that gives no logs')
    await tab.click('button', 'Close the logs', dock)
    await tab.gone('region', 'Logs of web')
  },
)

/** Opens the logs of beacon in south. */
async function ofBeacon(tab) {
  await explore(tab, 'Pods')
  await selectLabels(tab, 'app=beacon')
  await openObject(tab, 'Pods', 'beacon', 'south')
  await tab.click('button', 'Logs')
  return tab.find('region', 'Logs of beacon')
}

async function leave(tab, dock) {
  await tab.click('button', 'Close the logs', dock)
  await tab.click('button', 'Close: beacon')
  await clearFilters(tab)
}

async function choose(tab, dock, menu, entry) {
  await tab.click('button', menu, dock)
  const item = tab.all('menuitemcheckbox', entry).or(tab.all('menuitem', entry))
  await item.click()
}

paneTest('what a container wrote before it restarted is there to read', async ({ tab, command }) => {
  await command('south', 'log', { container: beacon, lines: ['INFO the oil runs out'] })
  await command('south', 'restart', { container: beacon })
  await command('south', 'log', { container: beacon, lines: ['INFO filled up again'] })
  const dock = await ofBeacon(tab)
  await tab.find('option', /filled up again/, dock)
  await tab.gone('option', /the oil runs out/, dock)
  await choose(tab, dock, 'More for these logs', 'Containers that ran before')
  await tab.find('option', /the oil runs out/, dock)
  await tab.gone('option', /filled up again/, dock)
  await choose(tab, dock, 'More for these logs', 'Containers that ran before')
  await tab.find('option', /filled up again/, dock)
  await leave(tab, dock)
})

paneTest('a log of some length is filtered, searched, held still, and saved as it shows', async (all) => {
  const { tab, command, desk } = all
  const many = Array.from({ length: 200 }, (_, i) => `INFO wave ${i}`)
  many[20] = 'ERROR wave 20 broke over the wall'
  many[120] = 'WARN wave 120 is high'
  many[160] = 'ERROR wave 160 broke over the wall'
  await command('south', 'restart', { container: beacon })
  await command('south', 'log', { container: beacon, lines: many })
  const dock = await ofBeacon(tab)
  await tab.find('option', /wave 199/, dock)

  // Held still: lines come, and those in sight stay where they are.
  const lines = await tab.find('listbox', 'Log lines', dock)
  await lines.focus()
  await tab.press('PageUp')
  await tab.press('PageUp')
  const inSight = () =>
    lines.locator('[aria-selected=true]').evaluate((e) => [e.ariaPosInSet, e.getBoundingClientRect().y])
  const before = await inSight()
  await command('south', 'log', { container: beacon, lines: ['INFO wave 200', 'INFO wave 201'] })
  await tab.find('button', 'Jump to the end (2 new)', dock)
  assert.deepEqual(await inSight(), before)
  await tab.accessible('logs held still')
  await tab.click('button', 'Jump to the end (2 new)', dock)
  await tab.find('option', /wave 201/, dock)
  await tab.click('button', 'Pause', dock)
  await command('south', 'log', { container: beacon, lines: ['INFO wave 202'] })
  await tab.find('button', 'Jump to the end (1 new)', dock)
  await tab.gone('option', /wave 202/, dock)
  await tab.click('button', 'Pause', dock)
  await tab.find('option', /wave 202/, dock)

  // Searched, from match to match; those that are far away come into sight.
  await tab.fill('searchbox', 'Find in the logs', 'broke over', dock)
  await tab.sees('2 lines', dock)
  await tab.press('Enter')
  await tab.sees('2 of 2', dock)
  await tab.find('option', /Error: .*wave 160/, dock)
  await tab.click('button', 'Previous match', dock)
  await tab.sees('1 of 2', dock)
  await tab.find('option', /Error: .*wave 20 broke/, dock)
  await tab.fill('searchbox', 'Find in the logs', '', dock)

  // By level, and so saved.
  await choose(tab, dock, 'Levels', 'Errors')
  await choose(tab, dock, 'Levels (1)', 'Warnings')
  await tab.sees('3 of 203 lines', dock)
  const shown = await tab.all('option', undefined, dock).allInnerTexts()
  assert.deepEqual(
    shown.map((text) => text.match(/wave \d+/)[0]),
    ['wave 20', 'wave 120', 'wave 160'],
  )
  await choose(tab, dock, 'More for these logs', 'Download…')
  const file = desk.saveAs('kept.log')
  await tab.sees('The log is saved.')
  assert.match(
    file(),
    /^\S+Z south\/beacon\/main ERROR wave 20 broke over the wall\n\S+Z south\/beacon\/main WARN wave 120 is high\n\S+Z south\/beacon\/main ERROR wave 160 .*\n$/,
  )
  await leave(tab, dock)
})
