// Logs: of a pod, and of a workload in the order of time, as they are written.
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
