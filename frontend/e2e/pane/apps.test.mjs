// Applications: one release in two clusters, and where it differs.
import { helmRelease } from '../lib/contents.mjs'
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
