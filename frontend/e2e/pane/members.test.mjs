// Explore: how far each cluster's rows can be trusted, and everything by the keys.
import { configMap } from '../lib/contents.mjs'
import { explore, selectLabels, shows, tabToRows } from '../lib/explorer.mjs'
import { paneTest } from '../lib/pane.mjs'
import { act } from '../lib/person.mjs'

paneTest('a cluster that says no, or has no such kind, says so', async ({ tab }) => {
  await explore(tab, 'Secrets')
  await tab.click('button', 'west is denied: why')
  const why = await tab.find('dialog', 'west in this table')
  await tab.sees('west says no.', why)
  await tab.sees(/resources: \["?secrets/, why)
  await tab.accessible('why a cluster is denied')
  await tab.press('Escape')

  await tab.fill('searchbox', 'Search kinds', 'wdg')
  await tab.click('button', /^Widgets.*1\/3 clusters serve it/)
  await tab.click('button', /^south is .*why$/)
  await tab.sees('south does not have this kind.')
  await tab.press('Escape')
  await tab.fill('searchbox', 'Search kinds', '')
})

paneTest('a cluster that falls silent keeps its rows, and the others live on', async ({ tab, command, apply, ask }) => {
  await explore(tab, 'ConfigMaps')
  await tab.fill('searchbox', 'Search ConfigMaps', 'limits')
  const all = ['limits c1', 'limits south', 'limits west']
  await shows(tab, 'ConfigMaps', all)
  await command('west', 'mode', { mode: 'silent' })
  await tab.click('button', 'Clusters')
  await act(tab, 'west', 'Try now') // or wait until it is looked at anyway
  await explore(tab, 'ConfigMaps')
  await tab.fill('searchbox', 'Search ConfigMaps', 'limits')
  // Its table gives up first, or the look at the whole cluster does.
  await tab.find('button', /^west is (stale|not connected): why$/)
  await tab.sees(/Partial: rows of 1 cluster may be missing or old/)
  await apply('south', configMap('limits-2', 'data', { max: '9' }))
  await shows(tab, 'ConfigMaps', [...all, 'limits-2 south'])
  await tab.find('button', 'south is live: why')
  await tab.accessible('a silent cluster')
  await command('west', 'mode', { mode: 'open' })
  await tab.find('button', 'west is live: why')
  await ask('south', '/api/v1/namespaces/data/configmaps/limits-2', 'DELETE')
  await shows(tab, 'ConfigMaps', all)
})

paneTest('the table goes by the keys alone', async ({ tab }) => {
  await explore(tab, 'Pods')
  await tab.click('heading', 'Pods')
  await tab.press('/')
  await tab.focused('searchbox', 'Search Pods')
  await selectLabels(tab, 'app in (beacon, lantern)')
  await shows(tab, 'Pods', ['beacon c1', 'beacon south', 'lantern c1', 'lantern south'])
  await tab.all('button', 'Name').focus()
  await tabToRows(tab, 'Pods')
  const onRow = (name, index) =>
    tab.until(`the focus on row ${index}, ${name}`, () =>
      tab.page.evaluate(
        ([n, i]) => document.activeElement.ariaLabel === n && document.activeElement.ariaRowIndex === String(i + 2),
        [name, index],
      ),
    )
  await tab.press('End')
  await onRow('lantern', 3)
  await tab.press('ArrowUp')
  await tab.press('ArrowUp')
  await onRow('beacon', 1)
  await tab.press('Home')
  await onRow('beacon', 0)
  await tab.type('lan')
  await onRow('lantern', 2)
  await tab.press('Enter')
  await tab.find('complementary', 'Details of lantern')
  await tab.press('Escape')
  await tab.gone('complementary', 'Details of lantern')
  await onRow('lantern', 2)
  await tab.press('.')
  await tab.find('menu', 'Actions for lantern')
  await tab.accessible('the menu of a row')
  await tab.press('Escape')
  await tab.gone('menu', 'Actions for lantern')
  await tab.press('Escape') // on a row it clears the filters
  await tab.gone('button', /^Remove the filter/)
})
