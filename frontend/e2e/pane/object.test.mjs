// The drawer: what an object is, what it belongs to, and what can be done with it.
import assert from 'node:assert/strict'
import { hostile, secretValue, web as webDeployment } from '../lib/contents.mjs'
import { act, asked, confirm, part } from '../lib/drawer.mjs'
import { closeObject, explore, openObject, rowOf, rows, selectLabels, shows } from '../lib/explorer.mjs'
import { paneTest } from '../lib/pane.mjs'

paneTest('an object tells what it is, who owns it, and what goes with it', async ({ tab }) => {
  await explore(tab, 'Pods')
  await selectLabels(tab, 'app=web')
  await tab.until('four pods', async () => (await rows(tab, 'Pods')).length === 4)
  const [[name]] = await rows(tab, 'Pods')
  await tab.all('row', name).first().getByRole('rowheader').click()
  await tab.find('complementary', `Details of ${name}`)
  const owners = await tab.find('navigation', 'Owners')
  await tab.find('button', 'Open Deployment shop/web', owners)
  await tab.accessible('an object')
  await part(tab, 'Events')
  await tab.find('row', /Scheduled/, await tab.find('table', 'Events'))
  await tab.accessible('events')
  await part(tab, 'Overview')
  await tab.click('button', 'Open Deployment shop/web', owners)
  await tab.find('complementary', 'Details of web')
  await part(tab, 'Related')
  await tab.find('button', `Open Pod shop/${name}`)
  await tab.accessible('related objects')
  await tab.click('button', `Back to shop/${name}`)
  await tab.find('complementary', `Details of ${name}`)
  await part(tab, 'YAML')
  await tab.find('textbox', `YAML of ${name}`)
  await tab.sees('nodeName')
  await tab.accessible('yaml')
  await closeObject(tab, name)
})

paneTest('what somebody else wrote is text, and nothing of it runs', async ({ tab }) => {
  await explore(tab, 'ConfigMaps')
  await tab.fill('searchbox', 'Search ConfigMaps', 'strange')
  await shows(tab, 'ConfigMaps', ['strange c1', 'strange south', 'strange west'])
  await openObject(tab, 'ConfigMaps', 'strange', 'c1')
  const annotations = await tab.find('region', 'Annotations')
  await tab.sees(hostile.html, annotations)
  await tab.sees('\ufffd[31mred\ufffd[0m \ufffddlrow', annotations)
  await part(tab, 'Events')
  await tab.sees(/<img src=x onerror/, await tab.find('table', 'Events'))
  await part(tab, 'YAML')
  await tab.find('textbox', 'YAML of strange')
  const found = await tab.page.evaluate(() => ({
    ran: window.pwned,
    images: document.querySelectorAll('img[src="x"]').length,
    // biome-ignore lint/performance/useDomNodeTextContent: what is seen
    raw: ['\u001b', '\u202d'].some((c) => document.body.innerText.includes(c)),
  }))
  assert.deepEqual(found, { ran: undefined, images: 0, raw: false })

  // Even what got into the document would not run: the page's policy is the product's.
  await tab.page.evaluate(() => {
    document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.pwned = 2' }))
  })
  assert.equal(await tab.page.evaluate(() => window.pwned), undefined)
  await tab.until('the policy to say so', () => tab.broken.length > 0)
  assert.match(tab.broken.splice(0).join(), /Content Security Policy/)
  await closeObject(tab, 'strange')
})

paneTest("a Secret's values never reach the page", async ({ tab }) => {
  const forms = [secretValue, Buffer.from(secretValue).toString('base64')]
  const told = []
  const keep = (response) => {
    if (response.url().includes('/api/')) told.push(response.text().catch(() => ''))
  }
  tab.page.on('response', keep)
  await explore(tab, 'Secrets')
  await tab.fill('searchbox', 'Search Secrets', 'keys')
  await shows(tab, 'Secrets', ['keys c1', 'keys south'])
  await openObject(tab, 'Secrets', 'keys', 'south')
  await tab.sees(/password/)
  for (const one of ['Events', 'Related', 'YAML']) await part(tab, one)
  await tab.find('textbox', 'YAML of keys')
  await tab.sees('kind: Secret')
  tab.page.off('response', keep)
  const all = [await tab.page.content(), ...(await Promise.all(told))].join('\n')
  assert.ok(all.includes('"kind":"Secret"'), 'what was told is looked at')
  for (const form of forms) assert.ok(!all.includes(form), 'the value of a Secret is in the page')
  await closeObject(tab, 'keys')
})

paneTest('workloads and nodes are acted upon, each in the cluster that is named', async ({ tab, ask, apply }) => {
  const web = '/apis/apps/v1/namespaces/shop/deployments/web'
  await explore(tab, 'Deployments')
  await openObject(tab, 'Deployments', 'web', 'south')
  await act(tab, 'web', 'Scale…')
  await tab.fill('spinbutton', 'Replicas', '3')
  await tab.sees('Deployment shop/web in south goes from 2 to 3 replicas.')
  await tab.accessible('scale')
  await confirm(tab, 'Scale Deployment shop/web?', 'Scale in south')
  await tab.until('three ready', async () => (await ask('south', web)).status.readyReplicas === 3)
  assert.equal((await ask('c1', web)).spec.replicas, 2)
  await tab.find('gridcell', '3/3', rowOf(tab, 'Deployments', 'web', 'south'))
  await tab.find('gridcell', '2/2', rowOf(tab, 'Deployments', 'web', 'c1'))
  await act(tab, 'web', 'Restart…')
  await confirm(tab, 'Restart Deployment shop/web?', 'Restart in south')
  const restarted = (o) => o.spec.template.metadata.annotations?.['kubectl.kubernetes.io/restartedAt']
  assert.ok(restarted(await ask('south', web)))
  assert.equal(restarted(await ask('c1', web)), undefined)

  await act(tab, 'web', 'Delete…')
  const dialog = await asked(tab, 'Delete Deployment shop/web?')
  await tab.sees(/web-/, await tab.find('region', 'Goes with it', dialog))
  await tab.accessible('delete')
  await confirm(tab, 'Delete Deployment shop/web?', 'Delete in south')
  await shows(tab, 'Deployments', ['web c1'])
  const pods = async () => (await ask('south', '/api/v1/namespaces/shop/pods?labelSelector=app%3Dweb')).items
  await tab.until('its pods to go', async () => (await pods()).length === 0)
  await apply('south', webDeployment)

  const tide = '/apis/batch/v1/namespaces/data/cronjobs/tide'
  await explore(tab, 'CronJobs')
  await openObject(tab, 'CronJobs', 'tide', 'c1')
  await act(tab, 'tide', 'Suspend…')
  await confirm(tab, 'Suspend CronJob data/tide?', 'Suspend in c1')
  assert.equal((await ask('c1', tide)).spec.suspend, true)
  await tab.find('gridcell', 'True', rowOf(tab, 'CronJobs', 'tide', 'c1'))
  await act(tab, 'tide', 'Resume…')
  await confirm(tab, 'Resume CronJob data/tide?', 'Resume in c1')
  assert.equal((await ask('c1', tide)).spec.suspend, false)
  await tab.find('gridcell', 'False', rowOf(tab, 'CronJobs', 'tide', 'c1'))
  assert.equal((await ask('south', tide)).spec.suspend, false)
  await closeObject(tab, 'tide')

  await explore(tab, 'Nodes')
  await openObject(tab, 'Nodes', 'node-2', 'south')
  await act(tab, 'node-2', 'Cordon…')
  await confirm(tab, 'Cordon Node node-2?', 'Cordon in south')
  assert.equal((await ask('south', '/api/v1/nodes/node-2')).spec.unschedulable, true)
  await tab.find('gridcell', /Ready,SchedulingDisabled$/, rowOf(tab, 'Nodes', 'node-2', 'south'))
  await act(tab, 'node-2', 'Uncordon…')
  await confirm(tab, 'Uncordon Node node-2?', 'Uncordon in south')
  await closeObject(tab, 'node-2')
})
