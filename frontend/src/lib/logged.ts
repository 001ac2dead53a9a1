/** The kinds that run containers, and so write logs. */
export const LOGGED: ReadonlySet<string> = new Set([
  'pods',
  'replicationcontrollers',
  'deployments.apps',
  'replicasets.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'cronjobs.batch',
])
