// Package faultproxy stands in front of a real API server or identity provider and spoils what a test
// wants spoiled: single requests by rules, or the whole connection.
//
// It ends TLS with a certificate that the cluster's own CA signed, so a rule can
// read and answer requests. A client certificate can't be passed on through that:
// the proxy checks it as the server would and speaks for the user as a front
// proxy does (X-Remote-User). Bearer tokens, and requests of nobody, pass as
// they are.
//
// A Proxy owns its listener, its connections and their goroutines; Close ends
// them all and waits. All methods are safe for concurrent use.
package faultproxy

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
	"time"
)

// Options say what the proxy stands in front of.
type Options struct {
	Upstream *url.URL        // base URL of the real server; behind http, which must be loopback, X-Forwarded headers say how the proxy was reached
	CA       *x509.CertPool  // of the real server and of the users; nil behind http
	Server   tls.Certificate // what the proxy shows to clients
	Front    tls.Certificate // what lets it speak for users at the real server; none is needed where no user has a certificate
}

// Proxy is a running proxy.
type Proxy struct {
	options Options
	network *network
	listen  *listener
	server  *http.Server
	forward *httputil.ReverseProxy
	asFront *http.Transport // speaks for users
	asIs    *http.Transport
	closed  chan struct{}
	serving sync.WaitGroup

	mu       sync.Mutex
	rules    []*rule
	requests []Request
	arrived  chan struct{} // closed and made anew with each request
}

// Start runs a proxy on a free port of loopback.
func Start(o Options) (*Proxy, error) {
	n := &network{}
	l, err := newListener(n)
	if err != nil {
		return nil, fmt.Errorf("start the fault proxy: %w", err)
	}
	p := &Proxy{
		options: o, network: n, listen: l,
		asFront: transport(o.CA, o.Front), asIs: transport(o.CA),
		closed: make(chan struct{}), arrived: make(chan struct{}),
	}
	quiet := slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	p.forward = &httputil.ReverseProxy{
		Rewrite:   o.rewrite,
		Transport: p, FlushInterval: -1, ErrorLog: quiet,
		// A server that is not there is a connection that breaks, not a page about it.
		ErrorHandler: func(_ http.ResponseWriter, r *http.Request, _ error) { linkOf(r).reset() },
	}
	p.server = &http.Server{
		Handler: p, ConnContext: withLink, ErrorLog: quiet,
		ReadHeaderTimeout: time.Hour, // a link that is silent must stay so
		TLSConfig: &tls.Config{
			Certificates: []tls.Certificate{o.Server}, MinVersion: tls.VersionTLS12,
			// As the real server does: a bad certificate is a 401, not a broken handshake.
			ClientAuth: tls.RequestClientCert, ClientCAs: o.CA,
		},
	}
	p.serving.Go(func() {
		_ = p.server.ServeTLS(l, "", "") // ends by Close, with nothing to say
	})
	return p, nil
}

func transport(ca *x509.CertPool, certificates ...tls.Certificate) *http.Transport {
	return &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: ca, Certificates: certificates, MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2: true, DisableCompression: true,
		DialContext: (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
	}
}

func (o Options) rewrite(r *httputil.ProxyRequest) {
	r.SetURL(o.Upstream)
	if o.Upstream.Scheme == "http" {
		r.SetXForwarded()
	}
}

// URL is the proxy's base URL.
func (p *Proxy) URL() string { return "https://" + p.listen.Addr().String() }

// Close ends the proxy and every connection through it, and waits.
func (p *Proxy) Close() {
	close(p.closed)
	_ = p.server.Close() // and its listener; there is nobody to tell
	p.serving.Wait()
	p.listen.work.Wait()
	p.asFront.CloseIdleConnections()
	p.asIs.CloseIdleConnections()
}

// ServeHTTP is not for callers: it handles what the listener accepts.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	user, err := p.identify(r)
	fault := p.note(r, user, grantOf(r))
	if fault != nil {
		defer fault.end()
		if w = fault.apply(p, w, r); w == nil {
			return
		}
	}
	if err != nil && r.Header.Get("Authorization") == "" {
		writeStatus(w, http.StatusUnauthorized, "Unauthorized", 0)
		return
	}
	speakFor(r, user)
	p.forward.ServeHTTP(w, r)
}

// RoundTrip is not for callers: it sends a request on, as a front proxy if it
// speaks for a user.
func (p *Proxy) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Header.Get(userHeader) != "" {
		return p.asFront.RoundTrip(r)
	}
	return p.asIs.RoundTrip(r)
}
