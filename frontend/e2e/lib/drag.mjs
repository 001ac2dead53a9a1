// Files dragged onto the program's window by the mouse, as from a file manager.
import { pause } from './driver.mjs'
import { root } from './paths.mjs'

/** Drags files over the middle of the window, calls hover while they are there, and lets them fall. */
export async function drop(machine, files, hover) {
  const source = machine.run(`${root}/build/bin/dragsource`, ...files)
  const mouse = (...args) => machine.tool('xdotool', ...args)
  try {
    const from = await middle(mouse, '^drag source$')
    const to = await middle(mouse, '^Binnacle$')
    mouse('mousemove', from.x, from.y)
    await pause(200)
    mouse('mousedown', 1)
    // A drag begins with some way, and a window notices one only as it moves.
    for (let n = 1; n <= 10; n++) {
      const way = (a, b) => Math.round(a + ((b - a) * n) / 10)
      mouse('mousemove', way(from.x, to.x), way(from.y, to.y))
      await pause(60)
    }
    const moves = setInterval(() => mouse('mousemove', to.x + 2 * Math.round(Math.random() * 4), to.y), 100)
    try {
      await hover()
    } finally {
      clearInterval(moves)
    }
    mouse('mouseup', 1)
    await pause(500)
  } finally {
    source.kill()
  }
}

/** The middle of a window, once the window manager has put it in its place. */
async function middle(mouse, title) {
  for (let before = ''; ; await pause(200)) {
    const window = mouse('search', '--onlyvisible', '--name', title).trim().split('\n')[0]
    const at = window ? mouse('getwindowgeometry', '--shell', window) : ''
    const read = (name) => Number(at.match(new RegExp(`^${name}=(-?\\d+)$`, 'm'))?.[1])
    if (at && at === before)
      return { x: Math.round(read('X') + read('WIDTH') / 2), y: Math.round(read('Y') + read('HEIGHT') / 2) }
    before = at
  }
}
