// Runs the journeys of all files, or of those named, one after the other on one set of clusters.
import { readdirSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { patience } from './lib/screen.mjs'
import { journeys, startClusters, stopClusters } from './lib/world.mjs'

const here = new URL('.', import.meta.url)
const wanted = process.argv.slice(2).map((name) => name.replace(/^.*\//, '').replace(/\.test\.mjs$/, ''))
const there = readdirSync(here).flatMap((file) => file.match(/^(.*)\.test\.mjs$/)?.[1] ?? [])
const unknown = wanted.filter((name) => !there.includes(name))
if (unknown.length > 0) throw new Error(`there is no test ${unknown}; there are ${there.join(', ')}`)
for (const name of there.sort()) {
  if (wanted.length === 0 || wanted.includes(name)) await import(new URL(`${name}.test.mjs`, here))
}

describe('journeys', () => {
  before(startClusters, { timeout: 240_000 })
  after(stopClusters)
  for (const { name, run } of journeys) test(name, { timeout: 12 * patience }, run)
})
