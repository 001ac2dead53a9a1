// Pictures of the program's window, as it is with certain sizes.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { pause } from './driver.mjs'
import * as page from './page.mjs'

/** Room for a window of the largest size with its frame. */
export const tourScreen = '2100x1250x24'

const sizes = [
  [1920, 1080],
  [1280, 800],
]

/** How many were taken, for names in order. */
let taken = 0

/** Takes pictures of a screen into a folder; those of menus, which go when the window changes, in the present size only. */
export class Camera {
  #machine
  #screen

  constructor(machine, folder) {
    this.#machine = machine
    this.folder = folder
    mkdirSync(folder, { recursive: true })
  }

  at(screen) {
    this.#screen = screen
    return screen
  }

  async take(name, { resize = true } = {}) {
    taken++
    for (const [width, height] of resize ? sizes : sizes.slice(-1)) {
      if (resize) await this.#resize(width, height)
      await this.#screen.driver.wait(page.settled)
      await pause(300) // painted in the page is not yet painted on the display
      const file = `${String(taken).padStart(2, '0')}-${name}-${width}x${height}.png`
      this.#machine.tool('import', '-window', this.#window(), `${this.folder}/${file}`)
    }
  }

  /** The newest picture of that name. */
  file(name) {
    const [width, height] = sizes.at(-1)
    return spawnSync('bash', ['-c', `ls -t "$1"/*-${name}-${width}x${height}.png | head -1`, '-', this.folder], {
      encoding: 'utf8',
    }).stdout.trim()
  }

  #window() {
    return this.#machine.tool('xdotool', 'search', '--onlyvisible', '--class', 'binnacle').trim().split('\n').at(-1)
  }

  async #resize(width, height) {
    const id = this.#window()
    this.#machine.tool('xdotool', 'windowmove', id, '60', '60')
    this.#machine.tool('xdotool', 'windowsize', id, String(width), String(height))
    await this.#screen.until(`a window of ${width}x${height}`, () =>
      this.#screen.driver.run('(w, h) => innerWidth === w && innerHeight === h', width, height),
    )
  }
}
