// Everyday work at the table: edit, search, filter, columns, remove and undo, what goes to the clipboard.
import assert from 'node:assert/strict'
import { act, addCluster, choose, logIn, synced } from './lib/person.mjs'
import { secretsOf } from './lib/secrets.mjs'
import { journey } from './lib/world.mjs'

journey('a person arranges the table and finds it so again', async ({ machine, kubeconfig }) => {
  const desk = await machine('desk')
  let screen = await desk.start()
  await logIn(screen, await kubeconfig('c1', 'table-ana'))
  await choose(screen, { sealed: true, carry: true })
  await addCluster(screen, 'harbour', await kubeconfig('c3', 'table-ana'))
  await addCluster(screen, 'drydock', await kubeconfig('c5', 'table-ana'))
  await screen.fleet({ c1: 'Ready', harbour: 'Ready', drydock: 'Ready' })

  await act(screen, 'harbour', 'Edit…')
  await screen.accessible('edit')
  await screen.fill('textbox', 'Name', 'harbour-1')
  await screen.click('radio', 'teal')
  await screen.fill('combobox', 'Group', 'North')
  await screen.fill('textbox', 'Labels', 'env=prod,')
  await screen.choose('Distribution', 'Amazon EKS')
  await screen.click('button', 'Save')
  await screen.fleet({ c1: 'Ready', 'harbour-1': 'env=prod', drydock: 'Ready' })
  await screen.fleet({ c1: 'Ready', 'harbour-1': 'Amazon EKS', drydock: 'Ready' })

  await screen.fill('searchbox', 'Search clusters', 'env=prod')
  await screen.fleet({ 'harbour-1': 'Ready' })
  await screen.sees('1 of 3 clusters')
  await screen.click('button', 'Clear filters')
  const tools = await screen.find('search', 'Find clusters')
  await screen.click('button', /\bstate\b/i, tools)
  await screen.click('menuitemcheckbox', /^Denied/)
  await screen.press('Escape')
  await screen.find('heading', 'No cluster matches')
  await screen.accessible('no cluster matches')
  await screen.click('button', 'Clear filters', tools)
  await screen.click('button', /^Group by/)
  await screen.click('menuitemcheckbox', 'group')
  await screen.press('Escape')
  await screen.click('button', /^North/)
  await screen.fleet({ c1: 'Ready', drydock: 'Ready' })
  await screen.click('button', /^North/)

  await screen.click('button', 'Choose columns')
  await screen.accessible('columns')
  await screen.click('checkbox', 'Latency')
  await screen.click('checkbox', 'Group')
  await screen.click('button', 'Move Group up')
  await screen.click('button', 'Save')
  await screen.gone('columnheader', 'Latency')
  await screen.find('columnheader', 'Group')
  await screen.click('button', 'Name')
  await screen.find('columnheader', 'Name')
  await synced(screen)
  await desk.quit()

  screen = await desk.start()
  await screen.find('columnheader', 'Group')
  await screen.gone('columnheader', 'Latency')
  await screen.find('button', /^North/)
  await screen.fleet({ c1: 'Ready', 'harbour-1': 'North', drydock: 'Ready' })

  await screen.click('button', 'Actions for drydock')
  await screen.accessible('the menu of a row')
  await screen.click('menuitem', 'Remove…')
  await screen.accessible('remove')
  await screen.click('button', 'Remove drydock')
  await screen.fleet({ c1: 'Ready', 'harbour-1': 'Ready' })
  await screen.click('button', 'Undo')
  await screen.fleet({ c1: 'Ready', 'harbour-1': 'Ready', drydock: 'Ready' })
  await synced(screen)

  await act(screen, 'drydock', 'Switch off')
  await screen.fleet({ c1: 'Ready', 'harbour-1': 'Ready', drydock: 'Off' })
  await act(screen, 'drydock', 'Show details')
  const details = await screen.find('complementary', 'Details of drydock')
  await screen.accessible('details')
  await screen.click('button', 'Switch on', details)
  await screen.fleet({ c1: 'Ready', 'harbour-1': 'Ready', drydock: 'Ready' })
})

journey(
  'a kubeconfig is copied without its secrets, and with them only after a warning',
  async ({ machine, kubeconfig }) => {
    const text = await kubeconfig('c1', 'table-ben')
    const [key] = secretsOf(text)
    const desk = await machine('desk')
    const screen = await desk.start()
    await logIn(screen, text)
    await choose(screen, { sealed: true, carry: true })
    await screen.fleet({ c1: 'Ready' })

    await act(screen, 'c1', 'Copy kubeconfig without secrets')
    await screen.sees(/without its secrets/)
    const open = await pasted(screen)
    assert.match(open, /server: https:\/\/127\.0\.0\.1:\d+/)
    assert.ok(!open.includes(key) && open.includes('client-key-data: DATA+OMITTED'), open)

    await act(screen, 'c1', 'Copy kubeconfig with secrets…')
    await screen.accessible('copy secrets')
    await screen.click('button', 'Copy with secrets')
    await screen.sees(/with its secrets/)
    assert.ok((await pasted(screen)).includes(key), 'the key is on the clipboard')
  },
)

/** What Ctrl+V brings into the box for a kubeconfig. */
async function pasted(screen) {
  await screen.click('button', 'Add clusters')
  await screen.click('button', /^Paste/)
  const box = await screen.find('textbox', 'Kubeconfig')
  await screen.clickElement(box)
  await screen.press('Control', 'v')
  let text = ''
  await screen.until('the pasted text', async () => {
    text = await screen.driver.run('(e) => e.value', box)
    return text !== ''
  })
  await screen.press('Escape')
  await screen.click('button', 'Leave')
  await screen.gone('dialog', 'Add clusters')
  return text
}
