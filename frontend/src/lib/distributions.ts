export interface Distribution {
  id: string
  name: string
  /** Two or three letters for its mark; no vendor's logo is copied. */
  mark: string
}

/** The ids that Go's fleet.Detect gives; a person can choose any of them by hand. */
export const DISTRIBUTIONS: readonly Distribution[] = [
  { id: 'aks', name: 'Azure AKS', mark: 'AK' },
  { id: 'doks', name: 'DigitalOcean', mark: 'DO' },
  { id: 'eks', name: 'Amazon EKS', mark: 'EK' },
  { id: 'gke', name: 'Google GKE', mark: 'GK' },
  { id: 'ibm', name: 'IBM Cloud', mark: 'IB' },
  { id: 'k3s', name: 'K3s', mark: 'K3' },
  { id: 'kind', name: 'kind', mark: 'KD' },
  { id: 'microk8s', name: 'MicroK8s', mark: 'M8' },
  { id: 'minikube', name: 'minikube', mark: 'MK' },
  { id: 'mke', name: 'Mirantis MKE', mark: 'ME' },
  { id: 'openshift', name: 'OpenShift', mark: 'OS' },
  { id: 'ovh', name: 'OVHcloud', mark: 'OV' },
  { id: 'rancher', name: 'Rancher', mark: 'RA' },
  { id: 'rke2', name: 'RKE2', mark: 'R2' },
  { id: 'talos', name: 'Talos', mark: 'TA' },
  { id: 'tanzu', name: 'Tanzu', mark: 'TZ' },
  { id: 'upstream', name: 'Kubernetes', mark: 'K8' },
]

/** What is known of that id; '' is null, an id from a newer version keeps its own name. */
export function distribution(id: string): Distribution | null {
  if (id === '') return null
  return DISTRIBUTIONS.find((d) => d.id === id) ?? { id, name: id, mark: id.slice(0, 2).toUpperCase() }
}
