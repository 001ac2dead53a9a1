// The palette: anywhere and anything, by a part of its name.
import { paneTest } from '../lib/pane.mjs'

const open = async (tab, words) => {
  await tab.press('Control+k')
  const palette = await tab.find('dialog', 'Command palette')
  await tab.type(words)
  return palette
}

paneTest('a kind, an object, a cluster and an action are a few keys away', async ({ tab }) => {
  await tab.click('button', 'Explore') // so that pods are loaded
  let palette = await open(tab, 'statefuls')
  await tab.find('option', /^StatefulSet,/, palette)
  await tab.accessible('palette')
  await tab.press('Enter')
  await tab.find('grid', 'StatefulSets')
  await tab.all('row', 'ledger').first().waitFor()

  palette = await open(tab, 'ledger')
  await tab
    .all('option', /^ledger, .*south/, palette)
    .first()
    .click()
  await tab.find('complementary', /^Details of ledger/)
  await tab.click('button', /^Close: ledger/)

  palette = await open(tab, 'dark')
  await tab.find('option', /^Dark theme/, palette)
  await tab.press('Enter')
  await tab.until('a dark page', () => tab.page.evaluate(() => document.documentElement.matches('.pf-v6-theme-dark')))
  await open(tab, 'light th')
  await tab.press('Enter')
  await tab.until('a light page', () => tab.page.evaluate(() => !document.documentElement.matches('.pf-v6-theme-dark')))

  palette = await open(tab, 'west')
  await tab.all('option', /^west/, palette).first().click()
  await tab.find('grid', 'Clusters')
})
