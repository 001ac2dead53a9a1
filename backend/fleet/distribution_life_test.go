package fleet

import "testing"

// What clusters of each make really show: to everybody (version, address, groups), and on a node to those who may look.
// Fictitious are the ids. Whoever may look at no node gets what the first three tell, and no guess.
func TestDetectInRealLife(t *testing.T) {
	type labels = map[string]string
	region := "topology.kubernetes.io/region"
	openshift := []string{"apps", "apps.openshift.io", "config.openshift.io", "project.openshift.io", "route.openshift.io", "security.openshift.io"}
	plain := []string{"apps", "batch", "metrics.k8s.io", "networking.k8s.io", "rbac.authorization.k8s.io", "storage.k8s.io"}
	rancher := append([]string{"management.cattle.io", "catalog.cattle.io"}, plain...)
	for name, c := range map[string]struct {
		e                    Evidence
		distribution, region string
		blind, blindRegion   string // without the node
	}{
		"OpenShift on premises": {Evidence{
			"v1.31.6+6ce61f0", "https://api.ocp4.example.com:6443", openshift,
			&Node{OSImage: "Red Hat Enterprise Linux CoreOS 418.94.202503", Labels: labels{"node.openshift.io/os_id": "rhel"}},
		}, OpenShift, "", OpenShift, ""},
		"ROSA": {Evidence{
			"v1.30.7+ea5e3b8", "https://api.prod.ab1c.p1.openshiftapps.com:6443", openshift,
			&Node{ProviderID: "aws:///eu-west-1a/i-0a1b2c3d4e5f60718", Labels: labels{region: "eu-west-1", "node.openshift.io/os_id": "rhel"}},
		}, OpenShift, "eu-west-1", OpenShift, ""},
		"ROSA, hosted control plane": {Evidence{
			"v1.31.6+6ce61f0", "https://api.hcp.x9yz.p3.openshiftapps.com:443", openshift,
			&Node{ProviderID: "aws:///us-east-2b/i-0a1b2c3d4e5f60718", Labels: labels{region: "us-east-2", "hypershift.openshift.io/nodePool": "hcp-workers"}},
		}, OpenShift, "us-east-2", OpenShift, ""},
		"ARO": {Evidence{
			"v1.29.11+148a389", "https://api.k3jd92ls.westeurope.aroapp.io:6443/", openshift,
			&Node{ProviderID: "azure:///subscriptions/0/resourceGroups/aro-x/providers/Microsoft.Compute/virtualMachines/m-0", Labels: labels{region: "westeurope"}},
		}, OpenShift, "westeurope", OpenShift, "westeurope"},
		"OpenShift at IBM": {Evidence{
			"v1.30.10+IKS", "https://c115-e.us-south.containers.cloud.ibm.com:31415", openshift,
			&Node{ProviderID: "ibm://0///c1/kube-c1-default-0001", Labels: labels{region: "us-south", "ibm-cloud.kubernetes.io/worker-version": "4.17.21"}},
		}, OpenShift, "us-south", OpenShift, "us-south"},
		"EKS": {Evidence{
			"v1.32.3-eks-d0fe756", "https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com", append([]string{"crd.k8s.amazonaws.com", "vpcresources.k8s.aws"}, plain...),
			&Node{ProviderID: "aws:///eu-central-1a/i-0a1b", OSImage: "Amazon Linux 2023.7.20250331", Labels: labels{region: "eu-central-1", "eks.amazonaws.com/nodegroup": "default"}},
		}, EKS, "eu-central-1", EKS, "eu-central-1"},
		"EKS with IPv6": {Evidence{
			"v1.32.3-eks-d0fe756", "https://0123456789abcdef.gr7.ap-southeast-2.api.aws", plain, nil,
		}, EKS, "ap-southeast-2", EKS, "ap-southeast-2"},
		"GKE": {Evidence{
			"v1.32.4-gke.1415000", "https://203.0.113.17", append([]string{"cloud.google.com", "networking.gke.io"}, plain...),
			&Node{ProviderID: "gce://project/europe-west3-a/gke-x", OSImage: "Container-Optimized OS from Google", Labels: labels{region: "europe-west3", "cloud.google.com/gke-nodepool": "default-pool"}},
		}, GKE, "europe-west3", GKE, ""},
		"GKE by name": {Evidence{
			"v1.32.4-gke.1415000", "https://gke-0123456789abcdef-123456789012.us-central1.gke.goog", plain, nil,
		}, GKE, "us-central1", GKE, "us-central1"},
		"AKS": {Evidence{
			"v1.31.8", "https://prod-dns-1a2b3c4d.hcp.westeurope.azmk8s.io:443", plain,
			&Node{ProviderID: "azure:///subscriptions/0/resourceGroups/mc_x/providers/Microsoft.Compute/virtualMachineScaleSets/p/virtualMachines/0", Labels: labels{region: "westeurope", "kubernetes.azure.com/mode": "system"}},
		}, AKS, "westeurope", AKS, "westeurope"},
		"AKS for the government": {Evidence{
			"v1.31.8", "https://x-1a2b3c4d.hcp.usgovvirginia.cx.aks.containerservice.azure.us:443", plain, nil,
		}, AKS, "usgovvirginia", AKS, "usgovvirginia"},
		"AKS behind an alias": {Evidence{
			"v1.31.8", "https://k8s.example.com", plain,
			&Node{ProviderID: "azure:///x", Labels: labels{region: "northeurope", "kubernetes.azure.com/cluster": "mc_x"}},
		}, AKS, "northeurope", "", ""},
		"DOKS": {Evidence{
			"v1.32.2", "https://6c5b0a52-4b0f-4f6e-9d55-000000000000.k8s.ondigitalocean.com", append([]string{"cilium.io"}, plain...),
			&Node{ProviderID: "digitalocean://412345678", Labels: labels{region: "fra1", "doks.digitalocean.com/node-pool": "pool"}},
		}, DOKS, "fra1", DOKS, ""},
		"RKE2": {Evidence{
			"v1.32.4+rke2r1", "https://10.0.0.5:6443", append([]string{"helm.cattle.io", "k3s.cattle.io"}, plain...),
			&Node{ProviderID: "rke2://node-1", Labels: labels{"node.kubernetes.io/instance-type": "rke2"}},
		}, RKE2, "", RKE2, ""},
		"RKE2 through Rancher": {Evidence{
			"v1.31.8+rke2r1", "https://rancher.example.com/k8s/clusters/c-m-abcd1234", rancher, nil,
		}, RKE2, "", RKE2, ""},
		"EKS through Rancher": {Evidence{
			"v1.31.7-eks-bcf3d70", "https://rancher.example.com/k8s/clusters/c-xyz12", rancher,
			&Node{Labels: labels{region: "us-west-2", "eks.amazonaws.com/nodegroup": "n"}},
		}, EKS, "us-west-2", EKS, ""},
		"an imported cluster of Rancher": {Evidence{
			"v1.30.4", "https://rancher.example.com/k8s/clusters/c-m-1", rancher, &Node{ProviderID: "harvester://x"},
		}, Rancher, "", Rancher, ""},
		"K3s": {Evidence{
			"v1.32.5+k3s1", "https://192.0.2.10:6443", append([]string{"helm.cattle.io", "k3s.cattle.io", "traefik.io"}, plain...),
			&Node{ProviderID: "k3s://pi", Labels: labels{"node.kubernetes.io/instance-type": "k3s"}},
		}, K3s, "", K3s, ""},
		"Tanzu Kubernetes Grid": {Evidence{
			"v1.28.11+vmware.2", "https://10.1.2.3:6443", append([]string{"cli.tanzu.vmware.com", "packaging.carvel.dev"}, plain...),
			&Node{ProviderID: "vsphere://4201a", Labels: labels{"run.tanzu.vmware.com/tkr": "v1.28.11---vmware.2-tkg.2"}},
		}, Tanzu, "", Tanzu, ""},
		"vSphere Kubernetes Service": {Evidence{"v1.31.4+vmware.1-fips", "https://10.1.2.4:6443", plain, nil}, Tanzu, "", Tanzu, ""},
		"MKE": {Evidence{
			"v1.31.5-mirantis-1", "https://mke.example.com:6443", plain,
			&Node{OSImage: "Ubuntu 22.04.5 LTS", Labels: labels{"com.docker.ucp.orchestrator.kubernetes": "true", "com.docker.ucp.collection": "swarm"}},
		}, MKE, "", MKE, ""},
		"IBM": {Evidence{
			"v1.31.7+IKS", "https://c2.eu-de.containers.cloud.ibm.com:30123", plain,
			&Node{ProviderID: "ibm://0///c2/kube-c2-default-0001", Labels: labels{region: "eu-de", "ibm-cloud.kubernetes.io/region": "eu-de"}},
		}, IBM, "eu-de", IBM, "eu-de"},
		"OVH": {Evidence{
			"v1.31.5", "https://a1b2c3.c1.gra9.k8s.ovh.net", plain,
			&Node{ProviderID: "openstack:///0", Labels: labels{region: "GRA9", "node.k8s.ovh/type": "standard"}},
		}, OVH, "GRA9", OVH, "gra9"},
		"Talos": {Evidence{
			"v1.33.0", "https://10.5.0.2:6443", plain,
			&Node{OSImage: "Talos (v1.10.2)", Annotations: labels{"networking.talos.dev/self-ips": "10.5.0.2"}, Labels: labels{}},
		}, Talos, "", "", ""},
		"kind": {Evidence{
			"v1.33.1", "https://127.0.0.1:40123", plain,
			&Node{ProviderID: "kind://docker/kind/kind-control-plane", OSImage: "Debian GNU/Linux 12 (bookworm)", Annotations: labels{"kubeadm.alpha.kubernetes.io/cri-socket": "unix:///run/containerd/containerd.sock"}},
		}, KinD, "", "", ""},
		"minikube": {Evidence{
			"v1.33.1", "https://192.168.49.2:8443", plain,
			&Node{OSImage: "Ubuntu 22.04.5 LTS", Labels: labels{"minikube.k8s.io/name": "minikube", "minikube.k8s.io/primary": "true"}, Annotations: labels{"kubeadm.alpha.kubernetes.io/cri-socket": "unix:///var/run/cri-dockerd.sock"}},
		}, Minikube, "", "", ""},
		"MicroK8s": {Evidence{
			"v1.32.3", "https://127.0.0.1:16443", plain,
			&Node{OSImage: "Ubuntu 24.04.2 LTS", Labels: labels{"microk8s.io/cluster": "true", "node.kubernetes.io/microk8s-controlplane": "microk8s-controlplane"}},
		}, MicroK8s, "", "", ""},
		"a worker of MicroK8s": {Evidence{
			"v1.32.3", "https://127.0.0.1:16443", plain, &Node{Labels: labels{"node.kubernetes.io/microk8s-worker": "microk8s-worker"}},
		}, MicroK8s, "", "", ""},
		"kubeadm": {Evidence{
			"v1.33.1", "https://k8s.example.com:6443", plain,
			&Node{OSImage: "Debian GNU/Linux 12 (bookworm)", Annotations: labels{"kubeadm.alpha.kubernetes.io/cri-socket": "unix:///run/containerd/containerd.sock"}},
		}, Upstream, "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			distribution, region := Detect(c.e)
			if distribution != c.distribution || region != c.region {
				t.Errorf("Detect = %q, %q, want %q, %q", distribution, region, c.distribution, c.region)
			}
			c.e.Node = nil
			if distribution, region = Detect(c.e); distribution != c.blind || region != c.blindRegion {
				t.Errorf("without a node = %q, %q, want %q, %q", distribution, region, c.blind, c.blindRegion)
			}
		})
	}
}
