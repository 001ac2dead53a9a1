package kubetest

import (
	"context"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
	"github.com/binnacle-dev/binnacle/build/rig/faultproxy"
)

// Proxy is a fault proxy in front of a cluster. Rules, modes and what it saw are
// the embedded faultproxy.Proxy's.
type Proxy struct {
	*faultproxy.Proxy
	tb testing.TB
}

// Rule is what spoils requests, here so that a test needs only this package.
type Rule = faultproxy.Rule

// Request is one that a Proxy saw.
type Request = faultproxy.Request

// Where a response breaks off, and what becomes of connections.
const (
	CutBefore = faultproxy.CutBefore
	CutBody   = faultproxy.CutBody
	Open      = faultproxy.Open
	Refusing  = faultproxy.Refusing
	Silent    = faultproxy.Silent
)

// ProxyOption changes the certificate that a proxy shows.
type ProxyOption func(*controlplane.ProxyOptions)

// ServerCertificate has the proxy show a certificate for these hosts that is
// good for the time given; below 0 it expired that long ago.
func ServerCertificate(valid time.Duration, hosts ...string) ProxyOption {
	return func(o *controlplane.ProxyOptions) { o.Valid, o.Hosts = valid, hosts }
}

// Proxy starts a fault proxy in front of the cluster. It ends with the test.
func (c *Cluster) Proxy(tb testing.TB, options ...ProxyOption) *Proxy {
	tb.Helper()
	var o controlplane.ProxyOptions
	for _, change := range options {
		change(&o)
	}
	p, err := c.core.Proxy(o)
	check(tb, err)
	tb.Cleanup(p.Close)
	return &Proxy{Proxy: p, tb: tb}
}

// Kubeconfig is the kubeconfig with the proxy as its server.
func (p *Proxy) Kubeconfig(kubeconfig []byte) []byte {
	p.tb.Helper()
	b, err := controlplane.WithServer(kubeconfig, p.URL())
	check(p.tb, err)
	return b
}

// Mode changes what becomes of connections; see faultproxy.Mode.
func (p *Proxy) Mode(m faultproxy.Mode) {
	p.tb.Helper()
	check(p.tb, p.SetMode(context.WithoutCancel(p.tb.Context()), m))
}

// Await fails the test unless n requests that match come within the limit.
func (p *Proxy) Await(n int, limit time.Duration, match func(Request) bool) {
	p.tb.Helper()
	ctx, cancel := context.WithTimeout(p.tb.Context(), limit)
	defer cancel()
	if err := p.Wait(ctx, n, match); err != nil {
		p.tb.Fatalf("%d of %d requests came in %v", p.Count(match), n, limit)
	}
}
