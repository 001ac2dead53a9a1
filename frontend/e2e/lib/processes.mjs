// The processes of this machine, as /proc has them.
import { readdirSync, readFileSync } from 'node:fs'
import { pause } from './driver.mjs'

const words = (pid, file) => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0')
  } catch {
    return [] // it has ended meanwhile, or is another user's
  }
}

const all = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name))

/** The ids of the processes that were started with these arguments, whatever came after them. */
export function processesWith(args) {
  return all().filter((pid) => args.every((arg, i) => words(pid, 'cmdline')[i] === arg))
}

/** The ids of the processes that live in a HOME. */
export function processesIn(home) {
  return all().filter((pid) => words(pid, 'environ').includes(`HOME=${home}`))
}

export function environmentOf(pid) {
  return Object.fromEntries(words(pid, 'environ').flatMap((w) => (w.includes('=') ? [splitOnce(w)] : [])))
}

const splitOnce = (word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]

export function signal(pids, name) {
  for (const pid of pids) {
    try {
      process.kill(Number(pid), name)
    } catch {
      // It has ended by itself.
    }
  }
}

/** Waits until there are none; false when some stay. */
export async function ended(find, ms = 10_000) {
  const end = Date.now() + ms
  while (find().length > 0) {
    if (Date.now() > end) return false
    await pause(50)
  }
  return true
}
