// Explore: kinds, merged rows of two Kubernetes versions, and what chooses them.
import assert from 'node:assert/strict'
import { configMap } from '../lib/contents.mjs'
import { clearFilters, explore, filterBy, rowOf, rows, selectLabels, shows } from '../lib/explorer.mjs'
import { paneTest } from '../lib/pane.mjs'
import { act, synced } from '../lib/person.mjs'

paneTest('rows of all clusters are one table that lives', async ({ tab, apply, ask }) => {
  await explore(tab, 'ConfigMaps')
  await filterBy(tab, 'namespace', 'data')
  const before = ['limits c1', 'limits south', 'limits west', 'kube-root-ca.crt c1']
  await shows(tab, 'ConfigMaps', [...before, 'kube-root-ca.crt south', 'kube-root-ca.crt west'])
  await tab.accessible('explore')

  await tab.fill('searchbox', 'Search ConfigMaps', 'lim')
  await shows(tab, 'ConfigMaps', before.slice(0, 3))
  await apply('south', configMap('limits-2', 'data', { max: '9' }))
  await shows(tab, 'ConfigMaps', [...before.slice(0, 3), 'limits-2 south'])
  await ask('south', '/api/v1/namespaces/data/configmaps/limits-2', 'DELETE')
  await shows(tab, 'ConfigMaps', before.slice(0, 3))
  await clearFilters(tab)
})

paneTest('rows are chosen by cluster, namespace, status, labels and words, and sorted', async ({ tab }) => {
  await explore(tab, 'Pods')
  await selectLabels(tab, 'app in (beacon, lantern)')
  await shows(tab, 'Pods', ['beacon c1', 'beacon south', 'lantern c1', 'lantern south'])
  await filterBy(tab, 'cluster', 'south')
  await shows(tab, 'Pods', ['beacon south', 'lantern south'])
  await filterBy(tab, 'namespace', 'shop')
  await shows(tab, 'Pods', ['beacon south'])
  await filterBy(tab, 'status', 'Running')
  await shows(tab, 'Pods', ['beacon south'])
  await tab.click('button', /^Remove the filter .*south/)
  await tab.click('button', /^Remove the filter .*shop/)
  await shows(tab, 'Pods', ['beacon c1', 'beacon south', 'lantern c1', 'lantern south'])

  await tab.click('button', 'Name')
  const up = ['beacon', 'beacon', 'lantern', 'lantern']
  const names = async () => (await rows(tab, 'Pods')).map(([name]) => name)
  await tab.until('names from a on', async () => (await names()).join() === up.join())
  await tab.click('button', 'Name')
  await tab.until('names from z on', async () => (await names()).join() === up.toReversed().join())
  assert.equal(await tab.all('columnheader', 'Name').getAttribute('aria-sort'), 'descending')
  await tab.click('button', 'Name')
  await clearFilters(tab)

  await selectLabels(tab, 'app in (beacon')
  await tab.click('button', /^Filter by label/)
  await tab.find('alert')
  await tab.accessible('a label selector that is wrong')
  await tab.press('Escape')
  await clearFilters(tab)
})

paneTest("rows are chosen by their clusters' groups and labels", async ({ tab }) => {
  const edit = async (group, labels) => {
    await tab.click('button', 'Clusters')
    await act(tab, 'south', 'Edit…')
    const dialog = await tab.find('dialog', 'Edit south')
    await tab.fill('combobox', 'Group', group, dialog)
    await labels(dialog)
    await tab.click('button', 'Save', dialog)
    await tab.gone('dialog', 'Edit south')
  }
  await edit('Harbours', async (dialog) => {
    await tab.fill('textbox', 'Labels', 'coast=east', dialog)
    await tab.press('Enter')
  })
  await explore(tab, 'ConfigMaps')
  await tab.fill('searchbox', 'Search ConfigMaps', 'limits')
  await filterBy(tab, 'cluster', 'Harbours')
  await shows(tab, 'ConfigMaps', ['limits south'])
  await tab.click('button', 'Remove the filter Group Harbours')
  await shows(tab, 'ConfigMaps', ['limits c1', 'limits south', 'limits west'])
  await filterBy(tab, 'cluster', 'coast=east')
  await shows(tab, 'ConfigMaps', ['limits south'])
  await tab.click('button', 'Clear all')
  await edit('', (dialog) => tab.click('button', 'Remove the label coast', dialog))
})

paneTest('columns, widths, favourites and filters are part of the view', async ({ tab: first, restart }) => {
  let tab = first
  await explore(tab, 'Pods')
  const favourites = () => tab.all('region', 'Favourites')
  await tab.all('button', 'Favourite: Pods').first().click()
  await tab.find('button', /^Pods/, favourites())
  await tab.click('button', 'Choose columns')
  await tab.accessible('columns')
  await tab.tick('checkbox', /^Node/)
  await tab.click('button', 'Save')
  await tab.find('columnheader', /^Node/)
  const width = async () => Math.round((await tab.all('columnheader', 'Name').boundingBox()).width)
  const narrow = await width()
  await tab.all('button', 'Name').focus()
  for (let i = 0; i < 3; i++) await tab.press('Shift+ArrowRight')
  const wide = narrow + 48
  await tab.until('a wider column', async () => (await width()) === wide)

  await selectLabels(tab, 'tier=front')
  await tab.click('button', 'Saved filters')
  await tab.click('button', 'Save the present filter…')
  await tab.accessible('save a filter')
  await tab.fill('textbox', 'Name', 'The front')
  await tab.click('button', 'Save')
  await tab.gone('dialog', 'Save the filter')
  await synced(tab)

  // What the view holds shows wherever the view does, in a browser that has never seen the page too.
  tab = await restart({ elsewhere: true })
  await explore(tab, 'Pods')
  await tab.find('button', /^Pods/, favourites())
  await tab.find('columnheader', /^Node/)
  await tab.until('the width of before', async () => (await width()) === wide)
  await tab.click('button', 'Saved filters')
  await tab.click('button', 'The front')
  await shows(tab, 'Pods', ['beacon c1', 'beacon south'])
  await tab.find('gridcell', /^node-\d$/, rowOf(tab, 'Pods', 'beacon', 'south'))
})
