package oidc

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// maxConnectors is how many ways to sign in a person can be asked to choose from.
const maxConnectors = 64

// Issuer is an identity provider as it presents itself.
type Issuer struct {
	URL        string
	Plain      bool // http: others on the way can read and change everything
	Browser    bool // has a sign-in with the browser
	Device     bool // has a sign-in by code
	Revokes    bool // can end a session
	Scopes     []string
	Dex        bool
	Connectors []Connector // Dex only; nil where Dex doesn't show them
}

// Connector is one of the ways in that Dex has.
type Connector struct {
	ID   string // for SignIn.Connector, to the letter
	Name string // fit to be shown
	Kind string // ldap, oidc, github...; "" if Dex doesn't say
}

// Look finds out what is at an issuer's address. A provider that calls itself otherwise is refused by an *IssuerError.
func (c *Client) Look(ctx context.Context, issuer string, ca []byte) (Issuer, error) {
	p, err := c.discover(ctx, issuer, ca)
	if err != nil {
		return Issuer{}, err
	}
	i := Issuer{
		URL: p.Issuer, Plain: strings.HasPrefix(p.Issuer, "http:"), Revokes: p.Revocation != "", Dex: p.isDex(),
		Browser: p.Auth != "",
		Device:  p.Device != "" && (len(p.Grants) == 0 || slices.Contains(p.Grants, "urn:ietf:params:oauth:grant-type:device_code")),
	}
	for _, scope := range p.Scopes[:min(len(p.Scopes), 64)] {
		i.Scopes = append(i.Scopes, shown(scope, 100))
	}
	if i.Dex { // most tell anybody; the newest only a client that they know
		i.Connectors, _ = c.Connectors(ctx, kubeconfig.SignIn{Issuer: issuer, IssuerCA: ca})
	}
	return i, nil
}

// isDex knows Dex by its addresses, which can't be configured.
func (m metadata) isDex() bool {
	base := strings.TrimSuffix(m.Issuer, "/")
	return m.Auth == base+"/auth" && m.Token == base+"/token" && m.Keys == base+"/keys" && m.UserInfo == base+"/userinfo"
}

// Connectors asks Dex for the ways in that it offers to the client of s. Dex has no interface for that: it shows people a page to choose
// from, and with one connector only it goes straight on to that. None and no error: it doesn't show them.
func (c *Client) Connectors(ctx context.Context, s kubeconfig.SignIn) ([]Connector, error) {
	p, err := c.discover(ctx, s.Issuer, s.IssuerCA)
	if err != nil {
		return nil, err
	}
	defer p.web.http.CloseIdleConnections()
	auth, err := url.Parse(p.Auth)
	if err != nil || !p.isDex() {
		return nil, errors.New("the identity provider isn't Dex: it has no connectors")
	}
	port := 8000
	if len(s.Redirects) > 0 {
		port = s.Redirects[0]
	}
	host, err := redirectHost(s.RedirectHost)
	if err != nil {
		return nil, err
	}
	back, _ := redirect(net.JoinHostPort(host, strconv.Itoa(port)), s.RedirectPath)
	s.Connector = ""
	ask := p.signInURL(s, question{state: "look", nonce: "look", verifier: "look"}, back)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, ask, nil)
	if err != nil {
		return nil, err
	}
	status, header, body, err := p.web.do(p.web.once(), r)
	switch {
	case err != nil:
		return nil, fmt.Errorf("look for ways to sign in: %w", err)
	case status == http.StatusFound || status == http.StatusSeeOther:
		return onlyConnector(auth, header.Get("Location")), nil
	case status == http.StatusOK:
		return connectors(auth, body), nil
	default:
		return nil, nil
	}
}
