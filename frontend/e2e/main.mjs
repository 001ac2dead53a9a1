// Runs the tests of all files, or of those named, one after the other: the journeys in the program's own window on one set of
// clusters, then those of the pane in Chromium on another.
import { readdirSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { closeBrowser } from './lib/browser.mjs'
import { paneTests, startPane, stopPane } from './lib/pane.mjs'
import { patience } from './lib/screen.mjs'
import { journeys, startClusters, stopClusters } from './lib/world.mjs'

const testsIn = (folder) =>
  readdirSync(new URL(folder, import.meta.url)).flatMap((file) => file.match(/^(.*)\.test\.mjs$/)?.[1] ?? [])

const there = new Map(['./', './pane/'].flatMap((folder) => testsIn(folder).map((name) => [name, folder])))
const asked = process.argv.slice(2).map((name) => name.replace(/^.*\//, '').replace(/\.test\.mjs$/, ''))
const wanted = asked.flatMap((name) => (name === 'pane' ? testsIn('./pane/') : [name]))
const unknown = wanted.filter((name) => !there.has(name))
if (unknown.length > 0) throw new Error(`there is no test ${unknown}; there are pane, ${[...there.keys()].join(', ')}`)
for (const name of [...there.keys()].sort((a, b) => a.localeCompare(b))) {
  if (wanted.length === 0 || wanted.includes(name))
    await import(new URL(`${there.get(name)}${name}.test.mjs`, import.meta.url))
}

after(closeBrowser)
if (journeys.length > 0) {
  describe('journeys', () => {
    before(startClusters, { timeout: 240_000 })
    after(stopClusters)
    for (const { name, run } of journeys) test(name, { timeout: 12 * patience }, run)
  })
}
if (paneTests.length > 0) {
  describe('the pane, in Chromium', () => {
    before(startPane, { timeout: 240_000 })
    after(stopPane)
    for (const { name, run } of paneTests) test(name, { timeout: 12 * patience }, run)
  })
}
