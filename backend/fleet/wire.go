package fleet

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"k8s.io/client-go/rest"
)

// Limits of one connection. A healthy server far away with a slow identity provider behind it stays well under them.
const (
	dialTimeout      = 5 * time.Second
	hurriedDial      = 2 * time.Second // when the network has just changed: what began before leads nowhere
	handshakeTimeout = 5 * time.Second
	headerTimeout    = 10 * time.Second
	bulkTimeout      = 60 * time.Second // for the headers of a Stream: a busy server takes long to begin a large list
	keepAlive        = 15 * time.Second
	pingAfter        = 15 * time.Second // of silence on an HTTP/2 connection; finds one that died under a watch
	pingTimeout      = 10 * time.Second
	maxHeaderBytes   = 256 << 10
	maxBodyBytes     = 64 << 20 // of any answer that isn't a stream; far above the largest list page, far below what hurts
)

// ErrTooBig says that an answer was cut off because no honest one is that large.
var ErrTooBig = errors.New("the answer is larger than any that makes sense")

var (
	errClosed    = errors.New("the connection to this cluster was closed")
	errOtherHost = errors.New("refused to send a credential to another address than its own")
)

type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// proxyError is a proxy's refusal to carry us.
type proxyError struct{ status int }

func (e *proxyError) Error() string { return "the proxy answered " + strconv.Itoa(e.status) }

// wire is the transport of one Client. It knows every connection that it opened, so that it can drop them all: closing idle
// ones is not enough when a stream still hangs on a dead one. It sends nothing to any other host.
type wire struct {
	fresh  func(headers time.Duration) *http.Transport
	dialer dialFunc
	scheme string
	host   string // host:port
	root   string // path of the server
	limit  int64  // bytes of an answer
	guard  proxyGuard
	gate   func(GateRequest) error // set before the first request; nil: none

	mu          sync.Mutex
	hurried     bool // dials are given up soon
	base        *http.Transport
	bulk        *http.Transport // for streams, on connections of their own: a list mustn't hold up a sign of life
	closed      bool
	conns       map[*conn]struct{}
	certExpires time.Time
}

// newWire makes the transport for what config says, with the certificates of prove, if not nil. It sends no token.
func newWire(config *rest.Config, dial dialFunc, prove *prover) (*wire, error) {
	server, err := url.Parse(config.Host)
	if err != nil || server.Host == "" {
		return nil, errors.New("the server's address is not a URL")
	}
	if dial == nil {
		dial = (&net.Dialer{Timeout: dialTimeout, KeepAlive: keepAlive}).DialContext
	}
	w := &wire{
		dialer: dial, scheme: server.Scheme, host: hostPort(server), root: strings.TrimSuffix(server.Path, "/"), limit: maxBodyBytes,
		conns: map[*conn]struct{}{},
	}
	security, err := rest.TLSConfigFor(config)
	if err != nil {
		return nil, fmt.Errorf("the credential's TLS settings: %w", err)
	}
	if security == nil {
		security = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	w.guard = newProxyGuard(security.RootCAs)
	security.VerifyConnection = w.note
	if prove != nil {
		security.GetClientCertificate = prove.clientCertificate
	}
	proxy := config.Proxy
	if proxy == nil {
		proxy = http.ProxyFromEnvironment
	}
	proxy = w.guard.around(proxy)
	w.fresh = func(headers time.Duration) *http.Transport {
		return w.transport(security, proxy, headers, config.DisableCompression)
	}
	w.base, w.bulk = w.fresh(headerTimeout), w.fresh(bulkTimeout)
	return w, nil
}

func (w *wire) transport(security *tls.Config, proxy func(*http.Request) (*url.URL, error), headers time.Duration, plain bool) *http.Transport {
	return &http.Transport{
		DialContext:            w.dial,
		TLSClientConfig:        security.Clone(), // the transport writes to it
		TLSHandshakeTimeout:    handshakeTimeout,
		ResponseHeaderTimeout:  headers,
		MaxResponseHeaderBytes: maxHeaderBytes,
		ForceAttemptHTTP2:      true,
		HTTP2:                  &http.HTTP2Config{SendPingTimeout: pingAfter, PingTimeout: pingTimeout},
		IdleConnTimeout:        90 * time.Second,
		MaxIdleConnsPerHost:    4,
		DisableCompression:     plain,
		Proxy:                  proxy,
		OnProxyConnectResponse: func(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
			if answer.StatusCode != http.StatusOK {
				return &proxyError{status: answer.StatusCode}
			}
			return nil
		},
	}
}

// leads says whether a request is for the server that the credential belongs to.
func (w *wire) leads(r *http.Request) error {
	if r.URL.Scheme != w.scheme || hostPort(r.URL) != w.host || (r.Host != "" && r.Host != r.URL.Host) {
		return errOtherHost
	}
	return nil
}

// RoundTrip sends a request that leads to the server and that the gate lets pass. Nothing of ours goes another way.
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := w.leads(r); err != nil {
		return nil, unsent(r, err)
	}
	if err := w.ask(r); err != nil {
		return nil, unsent(r, err)
	}
	bulk := isBulk(r.Context())
	w.mu.Lock()
	base, closed := w.base, w.closed
	if bulk {
		base = w.bulk
	}
	w.mu.Unlock()
	if closed {
		return nil, unsent(r, errClosed)
	}
	answer, err := base.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if !bulk && answer.StatusCode != http.StatusSwitchingProtocols && !streams(r.URL.Query()) {
		answer.Body = &capped{ReadCloser: answer.Body, left: w.limit}
	}
	return answer, nil
}

// unsent closes the body, as a RoundTripper must, and gives the error back.
func unsent(r *http.Request, err error) error {
	if r.Body != nil {
		_ = r.Body.Close()
	}
	return err
}

// CloseIdleConnections is what client-go asks of a transport when a client of it ends.
func (w *wire) CloseIdleConnections() {
	w.mu.Lock()
	base, bulk := w.base, w.bulk
	w.mu.Unlock()
	base.CloseIdleConnections()
	bulk.CloseIdleConnections()
}

// dial opens a connection that drop can find, as far as the server or the proxy on the way.
func (w *wire) dial(ctx context.Context, network, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, w.patience())
	defer cancel()
	raw, err := w.dialer(ctx, network, address)
	if err != nil {
		return nil, err
	}
	c, err := w.keep(raw)
	if err != nil {
		return nil, err
	}
	return w.guard.secure(ctx, c, address)
}

func (w *wire) keep(raw net.Conn) (net.Conn, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed { // net/http goes on dialling after the request that asked for it has ended
		_ = raw.Close()
		return nil, errClosed
	}
	c := &conn{Conn: raw, wire: w}
	w.conns[c] = struct{}{}
	return c, nil
}

func (w *wire) patience() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.hurried {
		return hurriedDial
	}
	return dialTimeout
}

func (w *wire) hurry(on bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.hurried = on
}

// drop closes every connection, those in use too, and gives up those that nobody waits for any more. The pool goes with them: it
// learns only later that they are closed, and would use one again.
func (w *wire) drop() {
	w.mu.Lock()
	base, bulk := w.base, w.bulk
	w.base, w.bulk = w.fresh(headerTimeout), w.fresh(bulkTimeout)
	open := make([]*conn, 0, len(w.conns))
	for c := range w.conns {
		open = append(open, c)
	}
	w.mu.Unlock()
	for _, c := range open {
		_ = c.Close()
	}
	base.CloseIdleConnections()
	bulk.CloseIdleConnections()
}

func (w *wire) close() {
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	w.drop()
}

// note keeps when the server's certificate ends.
func (w *wire) note(state tls.ConnectionState) error {
	if len(state.PeerCertificates) == 0 {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.certExpires = state.PeerCertificates[0].NotAfter
	return nil
}

func (w *wire) serverCertExpires() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.certExpires
}
