// What a person makes of the table: widths by the mouse, the order of the columns, filters under names, favourites.
import assert from 'node:assert/strict'
import { confirm } from '../lib/drawer.mjs'
import { clearFilters, explore, selectLabels, shows } from '../lib/explorer.mjs'
import { paneTest } from '../lib/pane.mjs'
import { synced } from '../lib/person.mjs'

const boxOf = (tab, column) => tab.all('columnheader', column).boundingBox()

/** The titles of the columns, from left to right. */
const titles = async (tab) => {
  const all = await tab.all('columnheader').evaluateAll((heads) => heads.map((h) => h.textContent.trim()))
  return all.filter((title) => title !== 'Actions')
}

/** Logs out, keeping what the keychain holds, and in again. */
async function logInAgain(tab) {
  await tab.click('button', /^Your view: Synced/)
  await tab.click('button', 'Log out…')
  await confirm(tab, 'Log out of c1?', 'Log out')
  await tab.accessible('logged out')
  await tab.click('button', /^Log in to\s+c1/)
  for (const name of ['c1', 'south', 'west']) await tab.sees('Ready', tab.all('row', name))
}

paneTest('a column drawn wider and one put elsewhere stay so, after the page and the login begin anew', async (all) => {
  let { tab } = all
  await explore(tab, 'StatefulSets')
  const before = await boxOf(tab, 'Name')
  const others = await boxOf(tab, 'Namespace')
  const [x, y] = [before.x + before.width - 2, before.y + before.height / 2]
  await tab.page.mouse.move(x, y)
  await tab.page.mouse.down()
  await tab.page.mouse.move(x + 20, y + 3)
  await tab.page.mouse.move(x + 60, y)
  await tab.page.mouse.up()
  const wide = Math.round(before.width) + 60
  const asDrawn = async () => {
    await tab.until('the width drawn', async () => Math.round((await boxOf(tab, 'Name')).width) === wide)
    assert.equal(Math.round((await boxOf(tab, 'Namespace')).width), Math.round(others.width))
  }
  await asDrawn()

  const usual = await titles(tab)
  const [last, one] = [usual.at(-1), usual.at(-2)]
  await tab.click('button', 'Choose columns')
  await tab.all('button', `Move ${last} up`).focus()
  await tab.press('Enter')
  const kept = tab.page.waitForResponse(
    (r) => r.url().endsWith('/api/table/layout') && r.request().postDataJSON().columns.length > 0,
  )
  await tab.click('button', 'Save')
  const moved = [...usual.slice(0, -2), last, one].join()
  const asMoved = () => tab.until(`the columns ${moved}`, async () => (await titles(tab)).join() === moved)
  await asMoved()
  await kept // a little after the hand rests
  await synced(tab)

  tab = await all.reload()
  await explore(tab, 'StatefulSets')
  await asDrawn()
  await asMoved()
  await logInAgain(tab)
  await explore(tab, 'StatefulSets')
  await asDrawn()
  await asMoved()
  await tab.click('button', 'Choose columns')
  await tab.click('button', 'Restore the defaults')
  await tab.click('button', 'Save')
  await tab.until('the usual columns', async () => (await titles(tab)).join() === usual.join())
})

paneTest('a filter is saved, renamed and removed; a favourite comes and goes', async ({ tab }) => {
  await explore(tab, 'ConfigMaps')
  await selectLabels(tab, 'app=cache')
  const open = () => tab.click('button', 'Saved filters')
  await open()
  await tab.click('button', 'Save the present filter…')
  await tab.fill('textbox', 'Name', 'Caches')
  await tab.press('Enter')
  await tab.gone('dialog', 'Save the filter')
  await clearFilters(tab)
  await open()
  await tab.click('button', 'Actions for the filter Caches')
  await tab.click('menuitem', 'Rename…')
  await tab.find('dialog', 'Rename Caches')
  await tab.fill('textbox', 'Name', 'What limits')
  await tab.press('Enter')
  await tab.gone('dialog', 'Rename Caches')
  await open()
  await tab.accessible('saved filters')
  await tab.click('button', 'What limits')
  await shows(tab, 'ConfigMaps', ['limits c1', 'limits south', 'limits west'])
  await open()
  await tab.click('button', 'Actions for the filter What limits')
  await tab.click('menuitem', 'Remove…')
  await confirm(tab, 'Remove the filter What limits?', 'Remove What limits')
  await open()
  await tab.sees(/^A filter that you save shows here/)
  await tab.press('Escape')
  await clearFilters(tab)

  const favourite = () => tab.all('region', 'Favourites').getByRole('button', { name: /^ConfigMaps/ })
  await tab.all('button', 'Favourite: ConfigMaps').first().click()
  await favourite().waitFor()
  await tab.all('button', 'Favourite: ConfigMaps').first().click()
  await favourite().waitFor({ state: 'detached' })
})
