package oidc

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// knownFor is how long a discovery document is believed. Providers change theirs rarely, people who set one up often.
const knownFor = 5 * time.Minute

var errIssuer = errors.New("an identity provider's address is like https://login.example.com or https://example.com/dex")

// provider is an identity provider as it describes itself.
type provider struct {
	metadata

	web    web
	read   time.Time
	openid bool // false for OpenShift's OAuth, which knows no ID token

	mu   sync.Mutex
	keys []jose.JSONWebKey // that it signs with, when last read
}

// metadata is what we use of a discovery document.
type metadata struct {
	Issuer      string   `json:"issuer"`
	Auth        string   `json:"authorization_endpoint"`
	Token       string   `json:"token_endpoint"`
	Device      string   `json:"device_authorization_endpoint"`
	Keys        string   `json:"jwks_uri"`
	UserInfo    string   `json:"userinfo_endpoint"`
	Revocation  string   `json:"revocation_endpoint"`
	Scopes      []string `json:"scopes_supported"`
	Grants      []string `json:"grant_types_supported"`
	Algorithms  []string `json:"id_token_signing_alg_values_supported"`
	AuthMethods []string `json:"token_endpoint_auth_methods_supported"`
	NamesItself bool     `json:"authorization_response_iss_parameter_supported"`
}

// provider gives the one that s names, from memory if it was read some minutes ago.
func (c *Client) provider(ctx context.Context, s kubeconfig.SignIn) (*provider, error) {
	if s.Flow == kubeconfig.FlowOpenShift {
		return c.openShift(s)
	}
	return c.discover(ctx, s.Issuer, s.IssuerCA)
}

func (c *Client) discover(ctx context.Context, issuer string, ca []byte) (*provider, error) {
	if err := checkIssuer(issuer); err != nil {
		return nil, err
	}
	key := issuer + "\n" + string(ca)
	c.mu.Lock()
	maps.DeleteFunc(c.known, func(_ string, p *provider) bool { return time.Since(p.read) > knownFor })
	p := c.known[key]
	c.mu.Unlock()
	if p != nil {
		return p, nil
	}

	w, err := newWeb(c.o, ca)
	if err != nil {
		return nil, err
	}
	p = &provider{web: w, read: time.Now(), openid: true}
	defer w.http.CloseIdleConnections()
	if err := p.describe(ctx, issuer); err != nil {
		return nil, fmt.Errorf("look up the identity provider: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.known[key] = p
	return p, nil
}

// describe reads the discovery document.
func (p *provider) describe(ctx context.Context, issuer string) error {
	body, err := p.web.get(ctx, strings.TrimSuffix(issuer, "/")+"/.well-known/openid-configuration")
	if err != nil {
		return err
	}
	if json.Unmarshal(body, &p.metadata) != nil {
		return fmt.Errorf("%s doesn't describe an identity provider", issuer)
	}
	if p.Issuer != issuer {
		return &IssuerError{Asked: issuer, Says: shown(p.Issuer, 200)}
	}
	for name, endpoint := range map[string]*string{
		"authorization_endpoint": &p.Auth, "token_endpoint": &p.Token, "jwks_uri": &p.Keys,
		"device_authorization_endpoint": &p.Device, "revocation_endpoint": &p.Revocation, "userinfo_endpoint": &p.UserInfo,
	} {
		if *endpoint != "" && !under(issuer, *endpoint) {
			return fmt.Errorf("the identity provider's %s is no address that can be used", name)
		}
	}
	if p.Token == "" || p.Keys == "" {
		return fmt.Errorf("%s doesn't say where it gives tokens and keys", issuer)
	}
	return nil
}

// checkIssuer takes the addresses that the OpenID Connect specification has for issuers, and plain http, which the caller warns of.
func checkIssuer(issuer string) error {
	u, err := url.Parse(issuer)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.User != nil || strings.ContainsAny(issuer, "?#") ||
		odd(issuer) {
		return errIssuer
	}
	return nil
}

// under says whether an address from a discovery document can be used: a page or endpoint of the web, and no less safe than the issuer.
// The system's browser is sent to some of them, and would also open a file or start a program.
func under(issuer, address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" || odd(address) {
		return false
	}
	return u.Scheme == "https" || (u.Scheme == "http" && strings.HasPrefix(issuer, "http:"))
}

// odd says that an address isn't written as addresses are, so that it can't be shown as it is, or is too long for one.
func odd(address string) bool {
	return len(address) > 2000 || strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r > '~' })
}
