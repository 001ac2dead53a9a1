package fleet

import "testing"

func TestDetect(t *testing.T) {
	label := func(labels ...string) *Node {
		n := &Node{Labels: map[string]string{}}
		for i := 0; i < len(labels); i += 2 {
			n.Labels[labels[i]] = labels[i+1]
		}
		return n
	}
	provider := func(id string) *Node { return &Node{ProviderID: id} }
	openshift := []string{"apps", "config.openshift.io", "route.openshift.io"}
	for name, c := range map[string]struct {
		e                    Evidence
		distribution, region string
	}{
		"openshift by group": {Evidence{Version: "v1.29.6+aba1e8d", Groups: openshift}, OpenShift, ""},
		"openshift without config": {
			Evidence{Version: "v1.29.6", Groups: []string{"route.openshift.io", "security.openshift.io"}}, OpenShift, "",
		},
		"rosa": {
			Evidence{
				Version: "v1.29.6+aba1e8d", Server: "https://api.x.y.p1.openshiftapps.com:6443", Groups: openshift,
				Node: label("topology.kubernetes.io/region", "eu-west-1"),
			}, OpenShift, "eu-west-1",
		},
		"rosa whose groups are hidden":    {Evidence{Server: "https://api.x.y.p1.openshiftapps.com"}, OpenShift, ""},
		"aro":                             {Evidence{Server: "https://api.x.westeurope.aroapp.io:6443", Groups: openshift, Node: provider("azure:///x")}, OpenShift, "westeurope"},
		"roks is openshift":               {Evidence{Version: "v1.29.6+IKS", Groups: openshift}, OpenShift, ""},
		"a tool's group of openshift":     {Evidence{Version: "v1.33.1", Groups: []string{"hypershift.openshift.io", "route.openshift.io"}}, "", ""},
		"eks by version":                  {Evidence{Version: "v1.31.4-eks-2d5f260"}, EKS, ""},
		"eks by host":                     {Evidence{Server: "https://ABC.gr7.eu-central-1.eks.amazonaws.com"}, EKS, "eu-central-1"},
		"eks in China":                    {Evidence{Server: "https://abc.yl4.cn-north-1.eks.amazonaws.com.cn"}, EKS, "cn-north-1"},
		"eks by label":                    {Evidence{Version: "v1.31.4", Node: label("eks.amazonaws.com/nodegroup", "x")}, EKS, ""},
		"a host that only ends alike":     {Evidence{Server: "https://noteks.amazonaws.com"}, "", ""},
		"gke by version":                  {Evidence{Version: "v1.31.5-gke.1068000"}, GKE, ""},
		"gke by label":                    {Evidence{Version: "v1.31.5", Node: label("cloud.google.com/gke-nodepool", "p", "topology.kubernetes.io/region", "europe-west3")}, GKE, "europe-west3"},
		"aks by host":                     {Evidence{Version: "v1.31.2", Server: "https://x-1a2b.hcp.westeurope.azmk8s.io:443"}, AKS, "westeurope"},
		"aks, private":                    {Evidence{Version: "v1.31.2", Server: "https://x.1-2-3.privatelink.northeurope.azmk8s.io"}, AKS, "northeurope"},
		"aks by label":                    {Evidence{Version: "v1.31.2", Node: label("kubernetes.azure.com/cluster", "x")}, AKS, ""},
		"doks by host":                    {Evidence{Version: "v1.32.1", Server: "https://1234.k8s.ondigitalocean.com"}, DOKS, ""},
		"doks by provider":                {Evidence{Version: "v1.32.1", Node: provider("digitalocean://123")}, DOKS, ""},
		"rke2":                            {Evidence{Version: "v1.31.4+rke2r1", Groups: []string{"management.cattle.io"}}, RKE2, ""},
		"k3s":                             {Evidence{Version: "v1.31.4+k3s1"}, K3s, ""},
		"tanzu by version":                {Evidence{Version: "v1.28.8+vmware.1"}, Tanzu, ""},
		"tanzu by group":                  {Evidence{Version: "v1.28.8", Groups: []string{"run.tanzu.vmware.com"}}, Tanzu, ""},
		"mke by version":                  {Evidence{Version: "v1.27.7-mirantis-1"}, MKE, ""},
		"mke by label":                    {Evidence{Version: "v1.27.7", Node: label("com.docker.ucp.orchestrator.kubernetes", "true")}, MKE, ""},
		"ibm by version":                  {Evidence{Version: "v1.31.5+IKS"}, IBM, ""},
		"ibm by provider":                 {Evidence{Version: "v1.31.5", Node: provider("ibm://a///b/c")}, IBM, ""},
		"ovh by host":                     {Evidence{Version: "v1.31.1", Server: "https://abc.c1.gra9.k8s.ovh.net"}, OVH, "gra9"},
		"ovh by label":                    {Evidence{Version: "v1.31.1", Node: label("node.k8s.ovh/type", "standard")}, OVH, ""},
		"talos by image":                  {Evidence{Version: "v1.33.0", Node: &Node{OSImage: "Talos (v1.10.0)"}}, Talos, ""},
		"talos by label":                  {Evidence{Version: "v1.33.0", Node: label("extensions.talos.dev/qemu", "9")}, Talos, ""},
		"kind":                            {Evidence{Version: "v1.33.1", Node: provider("kind://docker/kind/kind-control-plane")}, KinD, ""},
		"minikube":                        {Evidence{Version: "v1.33.1", Node: label("minikube.k8s.io/name", "minikube")}, Minikube, ""},
		"microk8s":                        {Evidence{Version: "v1.32.3", Node: label("microk8s.io/cluster", "true")}, MicroK8s, ""},
		"rancher by group":                {Evidence{Version: "v1.30.1", Groups: []string{"provisioning.cattle.io"}}, Rancher, ""},
		"rancher by path":                 {Evidence{Version: "v1.30.1", Server: "https://rancher.test/k8s/clusters/c-m-1"}, Rancher, ""},
		"aks under rancher":               {Evidence{Version: "v1.30.1", Groups: []string{"management.cattle.io"}, Node: label("kubernetes.azure.com/cluster", "x")}, AKS, ""},
		"upstream by kubeadm":             {Evidence{Version: "v1.33.1", Node: &Node{ProviderID: "hcloud://1", Annotations: map[string]string{"kubeadm.alpha.kubernetes.io/cri-socket": ""}}}, Upstream, ""},
		"upstream on bare metal":          {Evidence{Version: "v1.33.1", Node: &Node{}}, Upstream, ""},
		"upstream on aws":                 {Evidence{Version: "v1.33.1", Node: provider("aws:///eu-west-1a/i-1")}, Upstream, ""},
		"unknown: no node seen":           {Evidence{Version: "v1.33.1", Server: "https://10.0.0.1:6443", Groups: []string{"apps"}}, "", ""},
		"unknown: a marked version":       {Evidence{Version: "v1.33.1+k0s", Node: &Node{}}, "", ""},
		"unknown: another provider":       {Evidence{Version: "v1.33.1", Node: provider("linode://1")}, "", ""},
		"unknown: nothing at all":         {Evidence{}, "", ""},
		"unknown: no version":             {Evidence{Node: &Node{}}, "", ""},
		"an address that is no URL":       {Evidence{Server: "https://%zz"}, "", ""},
		"a suffix with nothing before it": {Evidence{Server: "https://.azmk8s.io"}, AKS, ""},
	} {
		t.Run(name, func(t *testing.T) {
			distribution, region := Detect(c.e)
			if distribution != c.distribution || region != c.region {
				t.Errorf("Detect = %q, %q, want %q, %q", distribution, region, c.distribution, c.region)
			}
		})
	}
}
