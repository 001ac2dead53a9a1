// What somebody can do past the program, with the same kubeconfig and kubectl.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { kube } from './paths.mjs'

/** Runs kubectl with a kubeconfig file and nothing of this machine's own; a last argument { input } is what it reads. */
export function kubectl(kubeconfig, ...words) {
  const args = words.filter((word) => typeof word === 'string')
  const [options] = words.filter((word) => typeof word === 'object')
  const { status, stdout, stderr } = spawnSync(kube, ['kubectl', '--kubeconfig', kubeconfig, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: '/nonexistent' },
    timeout: 30_000,
    ...options,
  })
  return { code: status, text: stdout + stderr }
}

export function refused({ code, text }, why) {
  assert.notEqual(code, 0, `not refused: ${text}`)
  assert.match(text, why)
}
