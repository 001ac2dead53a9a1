import type { Catalog, Category, Filter, Kind, Overview, SavedFilter, TableLayout } from '../wails/model'

const VERBS = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch']

/** A kind that every member serves; every field can be overridden. */
export function kind(key: string, name: string, category: Category, over: Partial<Kind> = {}): Kind {
  const dot = key.indexOf('.')
  return {
    key,
    group: dot < 0 ? '' : key.slice(dot + 1),
    resource: dot < 0 ? key : key.slice(0, dot),
    kind: name,
    namespaced: true,
    shortNames: [],
    category,
    members: 7,
    lacking: [],
    verbs: VERBS,
    ...over,
  }
}

/** Kinds of every category; some are served by a part of the members only. */
export function someKinds(): Kind[] {
  const cluster = { namespaced: false }
  const t4k = { members: 5, lacking: ['m3', 'm12'] }
  const certs = { members: 2, lacking: ['m2', 'm3', 'm6', 'm7', 'm10'] }
  return [
    kind('cronjobs.batch', 'CronJob', 'workloads', { shortNames: ['cj'] }),
    kind('daemonsets.apps', 'DaemonSet', 'workloads', { shortNames: ['ds'] }),
    kind('deployments.apps', 'Deployment', 'workloads', { shortNames: ['deploy'] }),
    kind('jobs.batch', 'Job', 'workloads'),
    kind('pods', 'Pod', 'workloads', { shortNames: ['po'] }),
    kind('replicasets.apps', 'ReplicaSet', 'workloads', { shortNames: ['rs'] }),
    kind('statefulsets.apps', 'StatefulSet', 'workloads', { shortNames: ['sts'] }),
    kind('endpoints', 'Endpoints', 'network', { shortNames: ['ep'] }),
    kind('ingresses.networking.k8s.io', 'Ingress', 'network', { shortNames: ['ing'] }),
    kind('networkpolicies.networking.k8s.io', 'NetworkPolicy', 'network', { shortNames: ['netpol'] }),
    kind('services', 'Service', 'network', { shortNames: ['svc'] }),
    kind('configmaps', 'ConfigMap', 'config', { shortNames: ['cm'] }),
    kind('secrets', 'Secret', 'config'),
    kind('horizontalpodautoscalers.autoscaling', 'HorizontalPodAutoscaler', 'config', { shortNames: ['hpa'] }),
    kind('persistentvolumeclaims', 'PersistentVolumeClaim', 'storage', { shortNames: ['pvc'] }),
    kind('persistentvolumes', 'PersistentVolume', 'storage', { ...cluster, shortNames: ['pv'] }),
    kind('storageclasses.storage.k8s.io', 'StorageClass', 'storage', { ...cluster, shortNames: ['sc'] }),
    kind('rolebindings.rbac.authorization.k8s.io', 'RoleBinding', 'access'),
    kind('serviceaccounts', 'ServiceAccount', 'access', { shortNames: ['sa'] }),
    kind('customresourcedefinitions.apiextensions.k8s.io', 'CustomResourceDefinition', 'cluster', {
      ...cluster,
      shortNames: ['crd', 'crds'],
    }),
    kind('events', 'Event', 'cluster', { shortNames: ['ev'] }),
    kind('events.events.k8s.io', 'Event', 'cluster', { shortNames: ['ev'] }),
    kind('namespaces', 'Namespace', 'cluster', { ...cluster, shortNames: ['ns'] }),
    kind('nodes', 'Node', 'cluster', { ...cluster, shortNames: ['no'] }),
    kind('backupplans.triliovault.trilio.io', 'BackupPlan', 'protection', t4k),
    kind('backups.triliovault.trilio.io', 'Backup', 'protection', t4k),
    kind('certificates.cert-manager.io', 'Certificate', 'custom', { ...certs, shortNames: ['cert'] }),
    kind('issuers.cert-manager.io', 'Issuer', 'custom', certs),
    kind('applications.argoproj.io', 'Application', 'custom', { ...certs, members: 1, shortNames: ['app'] }),
  ]
}

/** A filter with nothing in it but what is given. */
export function filter(over: Partial<Filter> = {}): Filter {
  return {
    members: [],
    groups: [],
    memberLabels: [],
    namespaces: [],
    status: [],
    tones: [],
    cells: [],
    within: 0,
    labels: '',
    search: '',
    ...over,
  }
}

export function catalogOf(over: Partial<Catalog> = {}): Catalog {
  const filters: SavedFilter[] = [
    {
      id: 'f1',
      name: 'Trouble in payments',
      kind: 'pods',
      filter: filter({ namespaces: ['payments'], tones: ['bad'] }),
    },
  ]
  const layouts: TableLayout[] = []
  return {
    seq: 1,
    kinds: someKinds(),
    favourites: ['deployments.apps', 'nodes'],
    recents: ['pods', 'certificates.cert-manager.io'],
    layouts,
    filters,
    learning: [],
    ...over,
  }
}

/** A fleet at a glance without anything in it. */
export function noOverview(): Overview {
  return {
    seq: 1,
    nodes: [],
    pods: [],
    workloads: [],
    notReady: [],
    warnings: [],
    warningRows: 0,
    versions: [],
    certificates: [],
    parts: [],
  }
}
