// What opens pages on a test's machine: nothing is shown there, but every address is noted, for a browser of the test's own.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { pause } from './driver.mjs'
import { patience } from './screen.mjs'

/** Makes an xdg-open that belongs first on the PATH of a machine with that HOME. */
export function newOpener(home) {
  const folder = `${home}/opener`
  const notes = `${folder}/addresses`
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/xdg-open`, `#!/bin/sh\nprintf '%s\\n' "$1" >>'${notes}'\n`, { mode: 0o755 })
  const opened = () => (existsSync(notes) ? readFileSync(notes, 'utf8').split('\n').slice(0, -1) : [])
  let taken = opened().length
  return {
    folder,
    /** Every address that was opened. */
    opened,
    /** The next one that nobody has asked for yet; waits for it. */
    async next() {
      for (const end = Date.now() + patience; Date.now() < end; await pause(50)) {
        const address = opened()[taken]
        if (address !== undefined) {
          taken++
          return address
        }
      }
      throw new Error(`no page was opened in ${patience} ms`)
    },
  }
}
