// The overview: each number leads to its rows.
import assert from 'node:assert/strict'
import { pod } from '../lib/contents.mjs'
import { rows } from '../lib/explorer.mjs'
import { paneTest } from '../lib/pane.mjs'

const card = (tab, title) => tab.find('region', title)

/** The names of all links of a card that lead to rows, once there is the one that is asked for. */
async function links(tab, title, among) {
  const part = await card(tab, title)
  await tab.find('button', among, part)
  const names = await part.getByRole('button').evaluateAll((all) => all.map((e) => e.ariaLabel ?? e.textContent))
  return names.filter((name) => /\d/.test(name) && !name.endsWith('Why?'))
}

const numberIn = (name) => Number(name.match(/(?<![.\d])\d+(?![.\d])/)[0])

/** How many rows a table says that it has, its header aside. */
const count = async (tab, grid) => Number(await tab.all('grid', grid).getAttribute('aria-rowcount')) - 1

/** Follows a link of a card, and waits for a table of so many rows. */
async function follow(tab, title, name, grid, wanted) {
  await tab.click('button', 'Overview')
  await tab.click('button', name, await card(tab, title))
  await tab.find('grid', grid)
  let seen = 0
  await tab.until(
    () => `${name} to lead to ${wanted} ${grid}; there are ${seen}`,
    async () => {
      seen = await count(tab, grid)
      return seen === wanted
    },
  )
}

paneTest('every number of the overview leads to its rows', async ({ tab, apply, ask }) => {
  // Something that isn't well: a pod for a node that there is not, and a workload that waits.
  const lost = pod('castaway', 'shop', { app: 'castaway' })
  lost.spec.nodeSelector = { sea: 'none' }
  await apply('south', lost)
  const all = async (path) => (await ask('c1', path)).items.length + (await ask('south', path)).items.length
  const pods = await all('/api/v1/pods')
  await tab.click('button', 'Overview')
  await tab.find('heading', 'Overview')
  await tab.find('button', 'Pending 1 pod', await card(tab, 'Pods'))
  await tab.accessible('overview')

  for (const name of await links(tab, 'Nodes', '4 nodes: show all'))
    await follow(tab, 'Nodes', name, 'Nodes', numberIn(name))
  await tab.click('button', 'Overview')
  for (const name of await links(tab, 'Pods', `${pods} pods: show all`))
    await follow(tab, 'Pods', name, 'Pods', numberIn(name))
  await follow(tab, 'Pods', 'Pending 1 pod', 'Pods', 1)
  assert.equal((await rows(tab, 'Pods'))[0][0], 'castaway')
  await tab.click('button', 'Overview')
  for (const name of await links(tab, 'Workloads', '2 ready StatefulSets'))
    await follow(tab, 'Workloads', name, name.match(/\w+$/)[0], numberIn(name))
  await tab.click('button', 'Overview')
  for (const name of await links(tab, 'Warnings of the last hour', /^FailedScheduling \d/)) {
    await follow(tab, 'Warnings of the last hour', name, 'Events', numberIn(name))
    await tab.find('button', 'Remove the filter Status Warning')
  }
  await tab.click('button', 'Overview')
  await tab.click('button', 'Strange in south')
  await tab.find('button', /^Remove the filter .*south/)
  await tab.find('button', 'Remove the filter Reason Strange')
  await tab.find('button', 'Remove the filter Seen in the last hour')
  await tab.until('its event', async () => (await rows(tab, 'Events')).some(([, text]) => text.includes('Strange')))
  await tab.accessible('events of all clusters')

  await follow(tab, 'Clusters', '3 clusters: show them', 'Clusters', 3)
  await follow(tab, 'Clusters', 'Ready 3 clusters', 'Clusters', 3)
  await tab.find('button', 'Filter by state (1)')
  await tab.click('button', 'Overview')
  for (const name of await links(tab, 'Kubernetes versions', /^v1\.36.* 2 clusters$/))
    await follow(tab, 'Kubernetes versions', name, 'Clusters', name.endsWith(' 2 clusters') ? 2 : 1)
  await tab.click('button', 'Overview')
  await tab.click('button', /^Your credential\s+west\s+ends in/, await card(tab, 'Ending soon'))
  await tab.find('complementary', 'Details of west')
  await tab.click('button', 'Close: Details of west')
  await ask('south', '/api/v1/namespaces/shop/pods/castaway', 'DELETE')
})
