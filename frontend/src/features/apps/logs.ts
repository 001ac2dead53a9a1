import type { AppInstance, ObjectRef } from '../../wails/model'

/** How many workloads are read as one log; Go takes no more. */
const MOST = 100

export interface AppLogs {
  refs: ObjectRef[]
  /** Workloads in all, read or not. */
  all: number
}

/** The workloads of some instances whose logs are read as one. When they are too many, each instance has its share. */
export function logsOf(instances: readonly AppInstance[], most = MOST): AppLogs {
  const refs: ObjectRef[] = []
  const longest = Math.max(0, ...instances.map((one) => one.workloads.length))
  for (let i = 0; i < longest; i++)
    for (const { workloads } of instances) {
      const ref = workloads[i]
      if (ref && refs.length < most) refs.push(ref)
    }
  return { refs, all: instances.reduce((sum, one) => sum + one.workloads.length + one.moreWorkloads, 0) }
}

/** "Logs", or of how many workloads they are when not of all. */
export function logsWords({ refs, all }: AppLogs): string {
  return refs.length < all ? `Logs of ${refs.length} of ${all.toLocaleString()} workloads` : 'Logs'
}
