package controlplane

import (
	"errors"
	"fmt"
	"net/url"
	"time"

	"k8s.io/client-go/tools/clientcmd"

	"github.com/binnacle-dev/binnacle/build/rig/certs"
	"github.com/binnacle-dev/binnacle/build/rig/faultproxy"
)

// ProxyOptions say what certificate a proxy shows.
type ProxyOptions struct {
	Valid time.Duration // as in User
	Hosts []string      // nil: those by which it is reached
}

// Proxy starts a fault proxy in front of the cluster. It goes on when the
// cluster stops, and is the caller's to close.
func (c *Cluster) Proxy(o ProxyOptions) (*faultproxy.Proxy, error) {
	if len(o.Hosts) == 0 {
		o.Hosts = []string{"127.0.0.1", "::1", "localhost"}
	}
	server, err := c.pki.ca.TLS(certs.Leaf{Name: "kube-apiserver", Hosts: o.Hosts, Valid: o.Valid})
	if err != nil {
		return nil, err
	}
	front, err := c.pki.front.TLS(certs.Leaf{Name: frontProxyName})
	if err != nil {
		return nil, err
	}
	upstream, err := url.Parse(c.Server())
	if err != nil {
		return nil, fmt.Errorf("start the fault proxy: %w", err)
	}
	return faultproxy.Start(faultproxy.Options{Upstream: upstream, CA: c.pki.ca.Pool(), Server: server, Front: front})
}

// ServerCertificate is a key and a certificate for a server that the cluster, and
// who trusts its CA, may take for genuine: a kubelet's.
func (c *Cluster) ServerCertificate(hosts ...string) (certs.Pair, error) {
	return c.pki.ca.Issue(certs.Leaf{Name: "system:node", Hosts: hosts})
}

// WithServer is the kubeconfig with another server in every cluster of it.
func WithServer(kubeconfig []byte, server string) ([]byte, error) {
	k, err := clientcmd.Load(kubeconfig)
	if err != nil {
		return nil, fmt.Errorf("read a kubeconfig: %w", err)
	}
	if len(k.Clusters) == 0 {
		return nil, errors.New("read a kubeconfig: it has no cluster")
	}
	for _, cluster := range k.Clusters {
		cluster.Server = server
	}
	b, err := clientcmd.Write(*k)
	if err != nil {
		return nil, fmt.Errorf("encode a kubeconfig: %w", err)
	}
	return b, nil
}
