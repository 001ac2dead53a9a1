package fleet

import (
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
	config     *rest.Config // without TLS settings: they are in wire
	base       *url.URL
	http       *http.Client
	dynamic    dynamic.Interface
	wire       *wire

	mu   sync.Mutex
	apis apis // as last discovered
}

// Dial makes a Client; it sends nothing yet. It fails for a credential that can't be used as it is: see Classify.
// The caller closes it.
func Dial(c kubeconfig.Credential, userAgent string) (*Client, error) {
	return dial(c, userAgent, nil)
}

func dial(c kubeconfig.Credential, userAgent string, with dialFunc) (*Client, error) {
	config, err := c.RESTConfig()
	if err != nil {
		return nil, fmt.Errorf("use the credential: %w", unusable(c, err))
	}
	w, err := newWire(config, with)
	if err != nil {
		return nil, err
	}
	config.TLSClientConfig = rest.TLSClientConfig{} // client-go refuses them beside a transport
	config.Proxy = nil
	config.Transport = w
	config.UserAgent = userAgent
	config.WarningHandler = rest.NoWarnings{} // else what a cluster warns of goes to stderr as it is
	base, err := url.Parse(config.Host)
	if err != nil {
		return nil, fmt.Errorf("the server's address is not a URL: %w", err)
	}
	trip, err := rest.HTTPWrappersForConfig(config, w)
	if err != nil {
		return nil, fmt.Errorf("use the credential: %w", err)
	}
	client := &http.Client{Transport: trip, CheckRedirect: stay}
	dyn, err := dynamic.NewForConfigAndClient(config, client)
	if err != nil {
		return nil, fmt.Errorf("use the credential: %w", err)
	}
	base.Path = strings.TrimSuffix(base.Path, "/")
	return &Client{credential: c, config: config, base: base, http: client, dynamic: dyn, wire: w}, nil
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
