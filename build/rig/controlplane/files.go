package controlplane

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/binnacle-dev/binnacle/build/rig/certs"
)

// serveConfig is what build/kube's serve command reads.
type serveConfig struct {
	EtcdDir    string   `json:"etcdDir"`
	EtcdClient string   `json:"etcdClient"`
	EtcdPeer   string   `json:"etcdPeer"`
	APIServer  []string `json:"apiserver"`
	KCM        []string `json:"kcm,omitempty"`
	Scheduler  []string `json:"scheduler,omitempty"`
	Kubeconfig string   `json:"kubeconfig"`
	UntilEOF   bool     `json:"untilEOF"`
}

// writeFiles writes what the servers read: keys, kubeconfigs and flags.
func (c *Cluster) writeFiles() error {
	for _, write := range []func() error{c.writeKeys, c.writeKubeconfigs, c.writeAuthentication, c.writeServeConfig} {
		if err := write(); err != nil {
			return fmt.Errorf("prepare the folder: %w", err)
		}
	}
	return nil
}

func (c *Cluster) writeKeys() error {
	server, err := c.pki.ca.Issue(certs.Leaf{Name: "kube-apiserver", Hosts: []string{
		"127.0.0.1", "::1", "localhost", "10.96.0.1", "kubernetes.default.svc",
	}})
	if err != nil {
		return err
	}
	proxy, err := c.pki.front.Issue(certs.Leaf{Name: frontProxyName})
	if err != nil {
		return err
	}
	// What kubelets, if there are any, know the server by when it asks for logs.
	kubelets, err := c.pki.ca.Issue(certs.Leaf{Name: "kube-apiserver-kubelet-client", Groups: []string{"system:masters"}})
	if err != nil {
		return err
	}
	for name, content := range map[string][]byte{
		"kubelet-client.crt": kubelets.Cert, "kubelet-client.key": kubelets.Key,
		"ca.crt": c.CAPEM(), "front-ca.crt": c.pki.front.PEM(),
		"apiserver.crt": server.Cert, "apiserver.key": server.Key,
		"front.crt": proxy.Cert, "front.key": proxy.Key,
		"account.pub": c.pki.account.Cert, "account.key": c.pki.account.Key,
	} {
		if err := c.write(name, content); err != nil {
			return err
		}
	}
	if c.options.TokenReview != nil {
		if err := c.write("review.kubeconfig", c.options.TokenReview); err != nil {
			return err
		}
	}
	if !c.options.Controllers {
		return nil
	}
	caKey, err := c.pki.ca.KeyPEM()
	if err != nil {
		return err
	}
	return c.write("ca.key", caKey)
}

// writeKubeconfigs writes those that the servers use themselves.
func (c *Cluster) writeKubeconfigs() error {
	if err := c.write("admin.kubeconfig", c.admin); err != nil {
		return err
	}
	for _, component := range []string{"kube-controller-manager", "kube-scheduler"} {
		kubeconfig, err := c.Kubeconfig(User{Name: "system:" + component})
		if err != nil {
			return err
		}
		if err := c.write(component+".kubeconfig", kubeconfig); err != nil {
			return err
		}
	}
	return nil
}

func (c *Cluster) writeServeConfig() error {
	s := serveConfig{
		EtcdDir:    c.path("etcd"),
		EtcdClient: loopback(c.ports.etcd),
		EtcdPeer:   loopback(c.ports.peer),
		APIServer:  c.apiserverFlags(),
		Kubeconfig: c.path("admin.kubeconfig"),
		UntilEOF:   true, // it dies with us, however we die
	}
	if c.options.Controllers {
		s.KCM, s.Scheduler = c.controllerFlags(), c.schedulerFlags()
	}
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("encode serve.json: %w", err)
	}
	return c.write("serve.json", b)
}

func (c *Cluster) write(name string, content []byte) error {
	return os.WriteFile(c.path(name), content, 0o600)
}
