// The clusters of a test: build/rig, which speaks JSON lines.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { root } from './paths.mjs'

/** Starts the clusters; end() stops them. */
export async function startRig(...args) {
  const child = spawn(`${root}/build/bin/rig`, args, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error('rig: ended')
    return JSON.parse(value)
  }
  const { clusters, openshift } = await next()
  let turn = Promise.resolve()
  /** One command to one cluster; they are answered in order. */
  const command = (cluster, op, more = {}) => {
    const answered = turn.then(async () => {
      child.stdin.write(`${JSON.stringify({ op, cluster, ...more })}\n`)
      const answer = await next()
      if (!answer.ok) throw new Error(`rig: ${op} ${cluster}: ${answer.error}`)
      return answer
    })
    turn = answered.catch(() => undefined)
    return answered
  }
  return {
    clusters,
    /** The OAuth server of the last cluster, with --openshift. */
    openshift,
    command,
    /** A user's kubeconfig as a file, by client certificate. */
    kubeconfigFile: async (cluster, user, more = {}) => (await command(cluster, 'user', { user, ...more })).kubeconfig,
    end: () =>
      new Promise((resolve) => {
        child.once('exit', resolve)
        child.stdin.end()
      }),
  }
}
