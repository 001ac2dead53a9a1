// Package controlplane runs real Kubernetes control planes as child processes:
// etcd, kube-apiserver and, if wanted, controller manager and scheduler, all in
// one process each (build/kube). It is for tests and for the demo fleet, never
// for the program itself, and knows nothing of package testing.
//
// A Cluster owns its process and the folder it was given. Authorization is RBAC,
// users are client certificates of the cluster's own CA or service account
// tokens. The process dies with this one, also when this one is killed.
//
// All methods are safe for concurrent use. At most two clusters start at the
// same time: each start costs about 2.5 seconds of processor time.
package controlplane

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"

	"github.com/binnacle-dev/binnacle/build/rig/child"
)

// Options say which cluster to start.
type Options struct {
	Name        string   // shown in kubeconfigs; must be usable as a file name
	Version     string   // one of Versions
	Dir         string   // an existing private folder; keys, data and log go there
	Controllers bool     // run controller manager and scheduler too
	Issuers     []Issuer // identity providers that it trusts from the start
	TokenReview []byte   // kubeconfig of a webhook that is asked about tokens that are no JWTs; nil: none
}

// Cluster is one control plane.
type Cluster struct {
	options Options
	binary  string
	ports   ports
	pki     *pki
	admin   []byte       // a kubeconfig
	config  *rest.Config // of admin
	http    *http.Client // of config; its connections are closed on Stop
	dynamic *dynamic.DynamicClient

	trusting sync.Mutex // held while the server is told
	issuers  []Issuer

	mu      sync.Mutex
	process *child.Process // nil while stopped
}

// ports are the cluster's listeners on loopback.
type ports struct{ api, etcd, peer int }

// slots holds one entry per start that may go on at the same time. The limit is
// the machine's, so it spans every Cluster of the process.
var slots = make(chan struct{}, 2)

// Start runs a new cluster and returns when it answers and its default
// namespace is there. An error carries the end of the cluster's log.
// ErrNoBinary says that the version was not built.
func Start(ctx context.Context, o Options) (*Cluster, error) {
	binary, err := Binary(o.Version)
	if err != nil {
		return nil, err
	}
	keys, err := newPKI(o.Name)
	if err != nil {
		return nil, fmt.Errorf("make the keys of cluster %s: %w", o.Name, err)
	}
	c := &Cluster{options: o, binary: binary, pki: keys, issuers: slices.Clone(o.Issuers)}
	// A port found free can be taken by somebody else before the server listens
	// on it; then the whole start is tried again with other ports.
	for range 4 {
		if err = c.tryStart(ctx); !errors.Is(err, child.ErrPortTaken) {
			break
		}
		err = errors.Join(err, os.RemoveAll(c.path("etcd")))
	}
	if err != nil {
		return nil, fmt.Errorf("start cluster %s: %w", o.Name, err)
	}
	return c, nil
}

func (c *Cluster) tryStart(ctx context.Context) error {
	found, err := child.FreePorts(3)
	if err != nil {
		return err
	}
	c.ports = ports{api: found[0], etcd: found[1], peer: found[2]}
	if err := c.connect(); err != nil {
		return err
	}
	if err := c.writeFiles(); err != nil {
		return err
	}
	return c.Restart(ctx)
}

// Restart starts the stopped cluster again, with its data and on its old
// address, and returns when it answers. It does nothing while the cluster runs.
func (c *Cluster) Restart(ctx context.Context) error {
	select {
	case slots <- struct{}{}:
		defer func() { <-slots }()
	case <-ctx.Done():
		return ctx.Err()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.process != nil {
		return nil
	}
	if err := child.AwaitPorts(ctx, 10*time.Second, c.ports.api, c.ports.etcd, c.ports.peer); err != nil {
		return err
	}
	thrifty := []string{"GOGC=60"} // less memory for little more time
	p, err := child.Start(ctx, c.logFile(), thrifty, c.binary, "serve", "--config", c.path("serve.json"))
	if err != nil {
		return err
	}
	if err := c.awaitReady(ctx, p); err != nil {
		p.Kill()
		return fmt.Errorf("%w; the end of its log:\n%s", err, c.Log(30))
	}
	c.process = p
	return nil
}

// Stop ends the cluster at once. Its data stay for Restart.
func (c *Cluster) Stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.process != nil {
		c.process.Kill()
		c.process = nil
	}
	c.http.CloseIdleConnections()
}

// Freeze stops the process without closing anything: connections are accepted
// by the kernel and never answered, as with a machine that hangs.
func (c *Cluster) Freeze() error { return c.signal((*child.Process).Freeze) }

// Thaw lets a frozen cluster go on.
func (c *Cluster) Thaw() error { return c.signal((*child.Process).Thaw) }

func (c *Cluster) signal(send func(*child.Process) error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.process == nil {
		return fmt.Errorf("cluster %s is stopped", c.options.Name)
	}
	return send(c.process)
}

// Name is the cluster's name as given in Options.
func (c *Cluster) Name() string { return c.options.Name }

// Version is the cluster's version as given in Options, such as 1.36.
func (c *Cluster) Version() string { return c.options.Version }

// Server is the cluster's base URL.
func (c *Cluster) Server() string { return fmt.Sprintf("https://127.0.0.1:%d", c.ports.api) }

// CAPEM is the certificate of the cluster's CA.
func (c *Cluster) CAPEM() []byte { return c.pki.ca.PEM() }

// Config is the admin's connection. The copy is the caller's.
func (c *Cluster) Config() *rest.Config { return rest.CopyConfig(c.config) }

// Dynamic is the admin's client.
func (c *Cluster) Dynamic() dynamic.Interface { return c.dynamic }

// Log is the last lines of what the cluster wrote.
func (c *Cluster) Log(lines int) string { return child.Tail(c.logFile(), lines) }

func (c *Cluster) logFile() string { return c.path("kube.log") }

func (c *Cluster) path(name string) string { return filepath.Join(c.options.Dir, name) }
