package fleet

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// Client is one connection to one cluster with one credential. It shares no TLS session, connection or token with any other,
// and is safe for concurrent use.
type Client struct {
	credential kubeconfig.Credential
	config     *rest.Config // without TLS settings and credential: they are in its transport
	base       *url.URL
	http       *http.Client
	dynamic    dynamic.Interface
	wire       *wire
	prover     *prover // nil: the credential is complete by itself

	mu   sync.Mutex
	apis apis // as last discovered
}

// Dial makes a Client; it sends nothing yet. It fails for a credential that can't be used as it is: see Classify.
// The caller closes it.
func Dial(c kubeconfig.Credential, userAgent string) (*Client, error) {
	return dial(c, userAgent, nil, nil)
}

// DialWith is Dial for a credential whose proof comes from s: a sign-in, or a program's.
func DialWith(c kubeconfig.Credential, userAgent string, s Source) (*Client, error) {
	return dial(c, userAgent, s, nil)
}

func dial(c kubeconfig.Credential, userAgent string, s Source, with dialFunc) (*Client, error) {
	configure, prove := c.RESTConfig, (*prover)(nil)
	if s != nil && wantsSource(c) {
		configure, prove = c.TransportConfig, &prover{source: s}
	}
	config, err := configure()
	if err != nil {
		return nil, fmt.Errorf("use the credential: %w", unusable(c, err))
	}
	w, err := newWire(config, with, prove)
	if err != nil {
		return nil, err
	}
	var way http.RoundTripper = w
	if prove != nil {
		prove.wire, way = w, prove
	}
	config.TLSClientConfig = rest.TLSClientConfig{} // client-go refuses them beside a transport
	config.Proxy = nil
	config.Transport = way
	config.UserAgent = userAgent
	config.WarningHandler = rest.NoWarnings{} // else what a cluster warns of goes to stderr as it is
	base, err := url.Parse(config.Host)
	if err != nil {
		return nil, fmt.Errorf("the server's address is not a URL: %w", err)
	}
	trip, err := rest.HTTPWrappersForConfig(config, way)
	if err != nil {
		return nil, fmt.Errorf("use the credential: %w", err)
	}
	client := &http.Client{Transport: trip, CheckRedirect: stay}
	config = bared(config, trip)
	dyn, err := dynamic.NewForConfigAndClient(config, client)
	if err != nil {
		return nil, fmt.Errorf("use the credential: %w", err)
	}
	base.Path = strings.TrimSuffix(base.Path, "/")
	return &Client{credential: c, config: config, base: base, http: client, dynamic: dyn, wire: w, prover: prove}, nil
}

// bared is the configuration with the whole way to the server as its transport, and without the credential: what client-go builds
// beside a transport (its SPDY and websocket executors do) has nothing to show, and can't get around the wire.
func bared(config *rest.Config, trip http.RoundTripper) *rest.Config {
	return &rest.Config{
		Host: config.Host, Transport: trip, UserAgent: config.UserAgent, QPS: config.QPS, Burst: config.Burst,
		DisableCompression: config.DisableCompression, WarningHandler: config.WarningHandler,
	}
}

// prove makes sure that there is something to show, so that waiting for it is on no request's time.
func (c *Client) prove(ctx context.Context) error {
	if c.prover == nil {
		return nil
	}
	_, err := c.prover.proof(ctx, kubeconfig.Proof{})
	return err
}

// stay makes a redirect an answer like any other: no API server sends one, a login page in front of it does.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Config is a copy for client-go; requests with it go through this Client's connections and end with it.
func (c *Client) Config() *rest.Config { return rest.CopyConfig(c.config) }

// Dynamic reads and writes any kind.
func (c *Client) Dynamic() dynamic.Interface { return c.dynamic }

// Endpoint is the server that the credential was given for.
func (c *Client) Endpoint() kubeconfig.Endpoint { return c.credential.Endpoint() }

// ServerCertExpires is when the certificate that the server showed last ends; zero before the first connection and for http.
func (c *Client) ServerCertExpires() time.Time { return c.wire.serverCertExpires() }

// Drop closes all connections; the next request opens new ones. It is for when the network changed.
func (c *Client) Drop() { c.wire.drop() }

// Close ends all connections and refuses further requests.
func (c *Client) Close() { c.wire.close() }
