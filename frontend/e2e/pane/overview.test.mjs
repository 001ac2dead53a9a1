// The overview: each number leads to its rows.
import assert from 'node:assert/strict'
import { rows } from '../lib/explorer.mjs'
import { paneTest } from '../lib/pane.mjs'

paneTest('every number of the overview leads to its rows', async ({ tab }) => {
  await tab.click('button', 'Overview')
  await tab.find('heading', 'Overview')
  await tab.find('button', '3 clusters: show them')
  const ready = await tab.find('button', /^Ready \d+ nodes$/)
  const [, nodes] = (await ready.getAttribute('aria-label')).match(/(\d+)/)
  assert.equal(nodes, '4')
  await tab.accessible('overview')
  await ready.click()
  await tab.find('grid', 'Nodes')
  await tab.until('four nodes', async () => (await rows(tab, 'Nodes')).length === 4)

  await tab.click('button', 'Overview')
  await tab.click('button', /^Running \d+ pods$/)
  await tab.find('grid', 'Pods')
  await tab.find('button', /^Remove the filter .*Running/)
  await tab.click('button', 'Overview')
  await tab.click('button', 'Strange in south')
  await tab.find('grid', 'Events')
  await tab.find('button', /^Remove the filter .*south/)
  await tab.find('button', 'Remove the filter Reason Strange')
  await tab.find('button', 'Remove the filter Seen in the last hour')
  await tab.until('its event', async () => (await rows(tab, 'Events')).some(([, text]) => text.includes('Strange')))
  await tab.accessible('events of all clusters')

  await tab.click('button', 'Overview')
  await tab.click('button', '3 clusters: show them')
  await tab.find('grid', 'Clusters')
})
