// The YAML editor as one types in it: what the cluster's own schema offers, folding, finding, marks and undo.
import assert from 'node:assert/strict'
import { confirm, edit, part, review, rewrite } from '../lib/drawer.mjs'
import { closeObject, explore, openObject } from '../lib/explorer.mjs'
import { paneTest } from '../lib/pane.mjs'

async function open(tab, member) {
  await explore(tab, 'Deployments')
  await openObject(tab, 'Deployments', 'web', member)
}

/** Finds words in the text that has the focus, and leaves them selected. */
async function find(tab, words, look = () => {}) {
  await tab.press('Control+f')
  await tab.focused('textbox', 'Find')
  await tab.type(words)
  await tab.press('Enter')
  await look()
  await tab.press('Escape')
  await tab.gone('textbox', 'Find')
}

/** Opens a line below the first one that has those words, and begins to type there. */
async function below(tab, line, words) {
  await find(tab, line)
  await tab.press('End')
  await tab.press('Enter')
  await tab.type(words)
}

const offers = (tab) => tab.find('listbox', 'Completions')

/** Gives up what was typed. */
async function discard(tab) {
  await tab.click('button', 'Close: web')
  await confirm(tab, 'Discard your changes to web?', 'Discard the changes')
  await tab.gone('complementary', 'Details of web')
}

paneTest('the editor offers what the schema of that very cluster has', async ({ tab }) => {
  await open(tab, 'c1')
  const editor = await edit(tab, 'web')
  await below(tab, 'spec:', 'minR')
  const field = await tab.find('option', 'minReadySeconds integer (int32)', await offers(tab))
  assert.equal(await field.getAttribute('aria-selected'), 'true')
  await tab.sees(/^Minimum number of seconds for which a newly created pod should be ready/)
  await tab.accessible('completion')
  await tab.press('Enter')
  await tab.type('7')
  await tab.sees('  minReadySeconds: 7', editor)
  await below(tab, 'dnsPolicy: ClusterFirst', 'hostnameO')
  await tab.find('option', /^hostnameOverride/, await offers(tab)) // Kubernetes has it from 1.34 on
  await tab.press('Escape')
  for (const _ of 'hostnameO') await tab.press('Backspace')
  await tab.sees('minReadySeconds: 7', await review(tab)) // and the server takes it
  await tab.click('button', 'Go on editing')
  await discard(tab)

  await open(tab, 'south')
  await edit(tab, 'web')
  await below(tab, 'dnsPolicy: ClusterFirst', 'hostn')
  const list = await offers(tab)
  await tab.find('option', /^hostname /, list)
  assert.equal(await tab.all('option', /^hostnameOverride/, list).count(), 0)
  await tab.press('Escape')
  await discard(tab)
})

paneTest('YAML is folded and searched', async ({ tab }) => {
  await open(tab, 'c1')
  await part(tab, 'YAML')
  const text = await tab.find('textbox', 'YAML of web')
  await text.getByText('metadata:', { exact: true }).first().click()
  await tab.press('Control+Shift+[')
  await text.getByText('uid:').waitFor({ state: 'detached' })
  await tab.accessible('folded yaml')
  await tab.click('button', 'Show what is folded', text)
  await tab.sees('uid:', text)

  await find(tab, 'maxSurge', () => tab.accessible('find in yaml'))
  assert.equal(await tab.page.evaluate(() => getSelection().toString()), 'maxSurge')
  await closeObject(tab, 'web')
})

paneTest('a wrong value is told by its line and field, at the line too, and taken back', async ({ tab }) => {
  await open(tab, 'c1')
  const editor = await edit(tab, 'web')
  await rewrite(tab, editor, 'replicas: 2', '2', '-1')
  // biome-ignore lint/performance/useDomNodeTextContent: lines as they are seen
  const line = await editor.evaluate((e) => e.innerText.split('\n').findIndex((l) => l.includes('replicas: -1')) + 1)
  await tab.click('button', 'Review')
  const alert = await tab.find('alert')
  await tab.sees(new RegExp(`^Line ${line}: spec\\.replicas: .*-1`), alert)
  await editor.getByText('replicas: -1').click()
  await tab.press('F8') // to the next mark
  await tab.sees(/^spec\.replicas: .*greater than or equal to 0/)
  await tab.accessible('a mark in the text')
  await tab.press('Control+z')
  await tab.press('Control+z')
  await tab.sees('replicas: 2', editor)
  await closeObject(tab, 'web') // nothing is left to lose, and nobody asks
})
