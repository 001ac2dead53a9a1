package fleet

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync"
)

// proxyGuard shakes hands with an https:// proxy itself. net/http would do so with the settings for the API server: it would
// show the proxy the person's client certificate, and trust no CA but the cluster's.
type proxyGuard struct {
	pool *x509.CertPool // of the kubeconfig, trusted beside this machine's own; nil: none

	mu    *sync.Mutex
	names map[string]string // address: the name that the proxy's certificate must carry
}

func newProxyGuard(pool *x509.CertPool) proxyGuard {
	return proxyGuard{pool: pool, mu: &sync.Mutex{}, names: map[string]string{}}
}

// around makes net/http take an https:// proxy for a plain one, and remembers that it isn't.
func (g proxyGuard) around(choose func(*http.Request) (*url.URL, error)) func(*http.Request) (*url.URL, error) {
	return func(r *http.Request) (*url.URL, error) {
		proxy, err := choose(r)
		if err != nil || proxy == nil || proxy.Scheme != "https" {
			return proxy, err
		}
		plain := *proxy
		plain.Scheme, plain.Host = "http", hostPort(proxy)
		g.mu.Lock()
		g.names[plain.Host] = proxy.Hostname()
		g.mu.Unlock()
		return &plain, nil
	}
}

// secure shakes hands if the address is such a proxy's. It is checked even where the kubeconfig says not to check the server.
func (g proxyGuard) secure(ctx context.Context, c net.Conn, address string) (net.Conn, error) {
	g.mu.Lock()
	name, ok := g.names[address]
	g.mu.Unlock()
	if !ok {
		return c, nil
	}
	security := &tls.Config{MinVersion: tls.VersionTLS12, ServerName: name}
	if g.pool != nil {
		security.InsecureSkipVerify = true // VerifyConnection verifies: pools can't be joined
		security.VerifyConnection = func(state tls.ConnectionState) error { return g.verify(name, state.PeerCertificates) }
	}
	secured := tls.Client(c, security)
	if err := secured.HandshakeContext(ctx); err != nil {
		_ = c.Close()
		return nil, fmt.Errorf("secure the connection to the proxy: %w", err)
	}
	return secured, nil
}

// verify tries this machine's CAs, then the kubeconfig's.
func (g proxyGuard) verify(name string, chain []*x509.Certificate) error {
	if len(chain) == 0 {
		return x509.UnknownAuthorityError{}
	}
	o := x509.VerifyOptions{DNSName: name, Intermediates: x509.NewCertPool()}
	for _, c := range chain[1:] {
		o.Intermediates.AddCert(c)
	}
	if _, err := chain[0].Verify(o); err == nil {
		return nil
	}
	o.Roots = g.pool
	_, err := chain[0].Verify(o)
	return err
}
