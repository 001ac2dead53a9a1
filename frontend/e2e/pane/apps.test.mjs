// Applications: what Helm, labels, operators, Argo CD and Flux know of, in two clusters, and where it differs.
import assert from 'node:assert/strict'
import { applications, pathsOf } from '../lib/applications.mjs'
import { helmRelease } from '../lib/contents.mjs'
import { shows } from '../lib/explorer.mjs'
import { paneTest } from '../lib/pane.mjs'

paneTest('a release of two versions shows where it differs', async ({ tab, apply, ask }) => {
  await apply('c1', helmRelease('anchor', 'shop', '1.2.0'))
  await apply('south', helmRelease('anchor', 'shop', '1.3.0'))
  await tab.click('button', 'Applications')
  await tab.find('heading', 'Applications')
  await tab.click('row', 'anchor')
  const differs = await tab.find('region', 'What differs in anchor')
  await tab.sees('1.2.0', differs)
  await tab.sees('1.3.0', differs)
  await tab.accessible('applications')
  const record = '/api/v1/namespaces/shop/secrets/sh.helm.release.v1.anchor.v1'
  for (const c of ['c1', 'south']) await ask(c, record, 'DELETE')
})

paneTest('what labels, operators, Argo CD and Flux know of is listed by its source, with its drift', async (all) => {
  const { tab, apply, ask } = all
  const versions = { c1: '1.4.0', south: '1.5.0' }
  for (const [c, version] of Object.entries(versions)) await apply(c, ...applications({ version, good: c === 'c1' }))
  await tab.click('button', 'Applications')
  await tab.click('button', 'Read again') // it may have been read before they came

  const row = (name) => tab.find('row', name)
  for (const [name, source, ...more] of [
    ['jetty', 'Labels', '2 app versions'],
    ['buoy-operator', 'Operator', 'Failed'],
    ['payments', 'Argo CD', 'OutOfSync, Degraded'],
    ['podinfo', 'Flux', '2 versions'],
    ['fleet-infra', 'Flux', '2 versions'],
  ]) {
    const one = await row(name)
    for (const words of [source, 'c1', 'south', ...more]) await tab.sees(words, one)
  }

  await tab.click('button', 'Filter by source')
  await tab.click('menuitemcheckbox', /^Flux/)
  await tab.gone('row', 'payments')
  await tab.click('button', 'Clear filters')
  await tab.click('button', /^With drift/)
  await tab.fill('searchbox', 'Search applications', 'pay')
  await tab.click('row', 'payments')
  const differs = await tab.find('region', 'What differs in payments')
  await tab.sees('Synced, Healthy', differs)
  await tab.sees('OutOfSync, Degraded', differs)
  const instances = await tab.find('table', 'Instances of payments')
  await tab.sees(/^The image is not there/, instances)
  assert.equal(await tab.page.getByText('bot:').count(), 0) // whose name and password the address has
  await tab.accessible('an application of Argo CD')
  await tab.click('button', 'Open what stands for payments in south')
  await tab.find('complementary', 'Details of payments')
  await tab.click('button', 'Close: payments')

  await tab.fill('searchbox', 'Search applications', 'jetty')
  await tab.click('row', 'jetty')
  await tab.click('button', 'Show the pods of jetty in south')
  await shows(tab, 'Pods', [])
  await tab.click('button', 'Clear all')
  for (const [c, version] of Object.entries(versions)) for (const path of pathsOf(version)) await ask(c, path, 'DELETE')
})
