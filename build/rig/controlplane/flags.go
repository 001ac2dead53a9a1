package controlplane

import "fmt"

// frontProxyName is the one certificate name that may speak for other users.
const frontProxyName = "front-proxy-client"

func loopback(port int) string { return fmt.Sprintf("http://127.0.0.1:%d", port) }

func (c *Cluster) apiserverFlags() []string {
	return append(c.webhookFlags(),
		"--etcd-servers="+loopback(c.ports.etcd),
		"--bind-address=127.0.0.1", "--advertise-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", c.ports.api),
		"--endpoint-reconciler-type=none", // the default one refuses a loopback address
		"--tls-cert-file="+c.path("apiserver.crt"),
		"--tls-private-key-file="+c.path("apiserver.key"),
		"--client-ca-file="+c.path("ca.crt"),
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file="+c.path("account.pub"),
		"--service-account-signing-key-file="+c.path("account.key"),
		"--service-cluster-ip-range=10.96.0.0/16",
		"--authorization-mode=Node,RBAC",
		"--authentication-config="+c.path("authentication.yaml"),
		"--requestheader-client-ca-file="+c.path("front-ca.crt"),
		"--requestheader-allowed-names="+frontProxyName,
		"--requestheader-username-headers=X-Remote-User",
		"--requestheader-group-headers=X-Remote-Group",
		"--requestheader-extra-headers-prefix=X-Remote-Extra-",
		"--proxy-client-cert-file="+c.path("front.crt"),
		"--proxy-client-key-file="+c.path("front.key"),
		"--kubelet-client-certificate="+c.path("kubelet-client.crt"),
		"--kubelet-client-key="+c.path("kubelet-client.key"),
		"--kubelet-certificate-authority="+c.path("ca.crt"),
		"--profiling=false",
	)
}

func (c *Cluster) webhookFlags() []string {
	if c.options.TokenReview == nil {
		return nil
	}
	return []string{
		"--authentication-token-webhook-config-file=" + c.path("review.kubeconfig"),
		"--authentication-token-webhook-version=v1",
		"--authentication-token-webhook-cache-ttl=1s", // what is revoked shows soon
	}
}

func (c *Cluster) controllerFlags() []string {
	return append(c.followerFlags("kube-controller-manager.kubeconfig"),
		"--use-service-account-credentials=true",
		"--service-account-private-key-file="+c.path("account.key"),
		"--root-ca-file="+c.path("ca.crt"),
		"--cluster-signing-cert-file="+c.path("ca.crt"),
		"--cluster-signing-key-file="+c.path("ca.key"))
}

func (c *Cluster) schedulerFlags() []string { return c.followerFlags("kube-scheduler.kubeconfig") }

// followerFlags are those that controller manager and scheduler share.
func (c *Cluster) followerFlags(kubeconfig string) []string {
	path := c.path(kubeconfig)
	return []string{
		"--kubeconfig=" + path, "--authentication-kubeconfig=" + path, "--authorization-kubeconfig=" + path,
		"--leader-elect=false", "--secure-port=0", "--profiling=false",
		"--kube-api-qps=200", "--kube-api-burst=400",
	}
}
