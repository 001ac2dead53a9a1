package fleet

import (
	"net"
	"net/url"
	"slices"
	"strings"
)

// The distributions that are told apart.
const (
	OpenShift = "openshift" // with ROSA, ARO and ROKS
	EKS       = "eks"
	GKE       = "gke"
	AKS       = "aks"
	DOKS      = "doks"
	RKE2      = "rke2"
	K3s       = "k3s"
	Tanzu     = "tanzu"
	MKE       = "mke"
	IBM       = "ibm"
	OVH       = "ovh"
	Talos     = "talos"
	KinD      = "kind" // Kubernetes in Docker
	Minikube  = "minikube"
	MicroK8s  = "microk8s"
	Rancher   = "rancher" // managed by Rancher, on nodes of a kind unknown
	Upstream  = "upstream"
)

// Evidence is what a distribution is known by. Only Version and Server are there for everybody.
type Evidence struct {
	Version string   // gitVersion
	Server  string   // the endpoint's URL
	Groups  []string // API groups
	Node    *Node    // any one node; nil when none could be seen
}

// Node is what a node tells of where it runs.
type Node struct {
	ProviderID  string
	OSImage     string
	Labels      map[string]string
	Annotations map[string]string
}

// Detect names the distribution and the region, "" for what can't be told: a guess would be shown as a fact.
func Detect(e Evidence) (distribution, region string) {
	for _, by := range []func(Evidence) string{byGroup, byVersion, byHost, byNode, byRancher, byPlainness} {
		if distribution = by(e); distribution != "" {
			break
		}
	}
	return distribution, detectRegion(e)
}

// byGroup goes first: OpenShift runs on the clouds' machines and ROKS carries IBM's marks. A group of OpenShift alone proves
// nothing (tools bring CRDs along), so it takes those that only its own API server serves.
func byGroup(e Evidence) string {
	has := func(group string) bool { return slices.Contains(e.Groups, group) }
	switch {
	case has("config.openshift.io"), has("route.openshift.io") && has("security.openshift.io"):
		return OpenShift
	case has("run.tanzu.vmware.com"):
		return Tanzu
	}
	return ""
}

func byVersion(e Evidence) string {
	for _, mark := range []struct{ part, distribution string }{
		{"+rke2", RKE2},
		{"+k3s", K3s},
		{"-gke.", GKE},
		{"-eks-", EKS},
		{"+vmware", Tanzu},
		{"-mirantis", MKE},
		{"+IKS", IBM},
	} {
		if strings.Contains(e.Version, mark.part) {
			return mark.distribution
		}
	}
	return ""
}

// cloudHost is a name that a cloud gives its API servers; a private endpoint or an alias has none.
type cloudHost struct {
	suffix, distribution string
	region               bool // the last part before the suffix
}

func cloudHosts() []cloudHost {
	return []cloudHost{
		{".eks.amazonaws.com", EKS, true}, // <id>.<shard>.<region>
		{".eks.amazonaws.com.cn", EKS, true},
		{".api.aws", EKS, true}, // of IPv6 clusters
		{".api.amazonwebservices.com.cn", EKS, true},
		{".azmk8s.io", AKS, true},                        // <name>.hcp.<region>, <name>.<id>.privatelink.<region>
		{".cx.aks.containerservice.azure.us", AKS, true}, // its clouds for the US government
		{".cx.prod.service.azk8s.cn", AKS, true},         // and in China
		{".gke.goog", GKE, true},                         // gke-<id>-<project>.<region>
		{".k8s.ondigitalocean.com", DOKS, false},         // <id>
		{".k8s.ovh.net", OVH, true},                      // <id>.<zone>.<region>
		{".containers.cloud.ibm.com", IBM, true},         // c<n>-e.<region>, c<n>.private.<region>
		{".openshiftapps.com", OpenShift, false},         // ROSA: api.<name>.<id>.p1
		{".aroapp.io", OpenShift, true},                  // ARO: api.<name>.<region>
	}
}

func byHost(e Evidence) string {
	host := hostOf(e.Server)
	for _, mark := range cloudHosts() {
		if strings.HasSuffix(host, mark.suffix) {
			return mark.distribution
		}
	}
	return ""
}

func byNode(e Evidence) string {
	if e.Node == nil {
		return ""
	}
	scheme, _, _ := strings.Cut(e.Node.ProviderID, "://")
	switch scheme {
	case "kind":
		return KinD
	case "digitalocean":
		return DOKS
	case "ibm":
		return IBM
	case "k3s":
		return K3s
	}
	for _, mark := range []struct{ prefix, distribution string }{
		{"eks.amazonaws.com/", EKS},
		{"alpha.eksctl.io/", EKS},
		{"cloud.google.com/gke-", GKE},
		{"kubernetes.azure.com/", AKS},
		{"doks.digitalocean.com/", DOKS},
		{"ibm-cloud.kubernetes.io/", IBM},
		{"node.k8s.ovh/", OVH},
		{"run.tanzu.vmware.com/", Tanzu},
		{"com.docker.ucp.", MKE},
		{"minikube.k8s.io/", Minikube},
		{"microk8s.io/", MicroK8s},
		{"node.kubernetes.io/microk8s", MicroK8s},
		{"rke2.io/", RKE2},
		{"k3s.io/", K3s},
		{"extensions.talos.dev/", Talos},
	} {
		for label := range e.Node.Labels {
			if strings.HasPrefix(label, mark.prefix) {
				return mark.distribution
			}
		}
	}
	if strings.HasPrefix(e.Node.OSImage, "Talos") {
		return Talos
	}
	return ""
}

// byRancher goes late: Rancher manages clusters of other makes, and those say more.
func byRancher(e Evidence) string {
	server, err := url.Parse(e.Server)
	if (err == nil && strings.HasPrefix(server.Path, "/k8s/clusters/")) ||
		slices.Contains(e.Groups, "management.cattle.io") || slices.Contains(e.Groups, "provisioning.cattle.io") {
		return Rancher
	}
	return ""
}

// byPlainness calls a cluster upstream when a node was seen, nothing marks it, and its machine is one that people run kubeadm
// and the like on. Other providers run distributions that we don't know.
func byPlainness(e Evidence) string {
	if e.Node == nil || e.Version == "" || strings.ContainsAny(e.Version, "+-") {
		return ""
	}
	scheme, _, _ := strings.Cut(e.Node.ProviderID, "://")
	_, kubeadm := e.Node.Annotations["kubeadm.alpha.kubernetes.io/cri-socket"]
	if kubeadm || slices.Contains([]string{"", "aws", "gce", "azure", "openstack", "vsphere"}, scheme) {
		return Upstream
	}
	return ""
}

func detectRegion(e Evidence) string {
	if e.Node != nil {
		for _, label := range []string{"topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region"} {
			if region := e.Node.Labels[label]; region != "" {
				return region
			}
		}
	}
	host := hostOf(e.Server)
	for _, mark := range cloudHosts() {
		rest, ok := strings.CutSuffix(host, mark.suffix)
		if parts := strings.Split(rest, "."); ok && mark.region && len(parts) > 1 {
			return parts[len(parts)-1]
		}
	}
	return ""
}

func hostOf(server string) string {
	u, err := url.Parse(server)
	if err != nil || net.ParseIP(u.Hostname()) != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}
