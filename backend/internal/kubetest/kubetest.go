// Package kubetest gives tests real Kubernetes clusters: kube-apiserver and etcd
// from build/kube, RBAC on, users by client certificate. It is the testing layer
// over build/rig/controlplane: what fails there fails the test here.
//
// A test without the server binaries is skipped with the reason on a bare
// machine, and fails when CI=true. A package that uses Shared needs
//
//	func TestMain(m *testing.M) { kubetest.Main(m) }
//
// A Cluster may be used by several tests at once.
package kubetest

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
	"github.com/binnacle-dev/binnacle/build/rig/kwok"
)

// Cluster is a real cluster.
type Cluster struct {
	core     *controlplane.Cluster
	kubelets *kwok.Kubelet // nil: it has no nodes
}

// settings are what Start starts.
type settings struct {
	controlplane.Options
	nodes kwok.Options
}

// Option changes what Start starts.
type Option func(*settings)

// Version chooses the Kubernetes version, such as "1.33". The default is the newest.
func Version(v string) Option { return func(o *settings) { o.Version = v } }

// Named gives the cluster a name of its own in its kubeconfigs.
func Named(name string) Option { return func(o *settings) { o.Name = name } }

// Issuer is an identity provider that a cluster can trust, such as one of oidctest.
type Issuer interface{ Trusted() controlplane.Issuer }

// Trusting has the cluster take the ID tokens of these issuers from the start. Its
// users are known by the claims email and groups, with the issuer's prefix; see
// the issuer's Seen.
func Trusting(issuers ...Issuer) Option {
	return func(o *settings) { o.Issuers = append(o.Issuers, trusted(issuers)...) }
}

func trusted(issuers []Issuer) []controlplane.Issuer {
	var all []controlplane.Issuer
	for _, i := range issuers {
		all = append(all, i.Trusted())
	}
	return all
}

// Reviewing has the cluster ask a webhook whose the tokens are that are no JWTs,
// as OpenShift does; see oidctest.OpenShift.
func Reviewing(reviewer interface{ WebhookKubeconfig() []byte }) Option {
	return func(o *settings) { o.TokenReview = reviewer.WebhookKubeconfig() }
}

// WithControllers runs controller manager and scheduler too. Without them
// nothing is done by itself: a deleted namespace stays, a deployment has no pods.
func WithControllers() Option { return func(o *settings) { o.Controllers = true } }

// Start runs a new cluster that ends with the test.
func Start(tb testing.TB, options ...Option) *Cluster {
	tb.Helper()
	o := settings{Options: controlplane.Options{Name: "test", Version: controlplane.Versions()[0], Dir: tb.TempDir()}}
	for _, change := range options {
		change(&o)
	}
	core, err := controlplane.Start(tb.Context(), o.Options)
	need(tb, err)
	tb.Cleanup(core.Stop)
	tb.Cleanup(func() {
		if tb.Failed() {
			tb.Logf("the end of the log of cluster %s:\n%s", core.Name(), core.Log(30))
		}
	})
	c := &Cluster{core: core}
	if o.nodes.Nodes > 0 {
		c.startNodes(tb, o.nodes)
	}
	return c
}

// need ends the test unless err is nil. A missing binary only skips it, but not in CI.
func need(tb testing.TB, err error) {
	tb.Helper()
	if (errors.Is(err, controlplane.ErrNoBinary) || errors.Is(err, kwok.ErrNoBinary)) && os.Getenv("CI") != "true" {
		tb.Skip(err)
		return
	}
	check(tb, err)
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// late is the context of a test's clean-up, where its own has ended already.
func late(tb testing.TB) (context.Context, context.CancelFunc) {
	tb.Helper()
	return context.WithTimeout(context.WithoutCancel(tb.Context()), time.Minute)
}

// Name is the cluster's name in its kubeconfigs.
func (c *Cluster) Name() string { return c.core.Name() }

// Version is the Kubernetes version, such as 1.36.
func (c *Cluster) Version() string { return c.core.Version() }

// Server is the cluster's base URL.
func (c *Cluster) Server() string { return c.core.Server() }

// CAPEM is the certificate of the cluster's CA.
func (c *Cluster) CAPEM() []byte { return c.core.CAPEM() }

// Dynamic is a client of the admin.
func (c *Cluster) Dynamic() dynamic.Interface { return c.core.Dynamic() }

// Config is the admin's connection. The copy is the caller's.
func (c *Cluster) Config() *rest.Config { return c.core.Config() }

// Config is the connection that a kubeconfig describes.
func Config(tb testing.TB, kubeconfig []byte) *rest.Config {
	tb.Helper()
	config, err := clientcmd.RESTConfigFromKubeConfig(kubeconfig)
	check(tb, err)
	config.WarningHandlerWithContext = rest.NoWarnings{}
	return config
}

// Freeze stops the cluster's process without closing anything.
func (c *Cluster) Freeze(tb testing.TB) {
	tb.Helper()
	check(tb, c.core.Freeze())
}

// Thaw lets a frozen cluster go on.
func (c *Cluster) Thaw(tb testing.TB) {
	tb.Helper()
	check(tb, c.core.Thaw())
}

// Stop ends the cluster's process at once; its data stay.
func (c *Cluster) Stop(testing.TB) { c.core.Stop() }

// Restart starts a stopped cluster again, on its old address and with its data.
func (c *Cluster) Restart(tb testing.TB) {
	tb.Helper()
	check(tb, c.core.Restart(tb.Context()))
}
