package oidc

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	goidc "github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// Progress is where a sign-in with the browser stands.
type Progress struct {
	URL       string // the page to sign in at; whoever wants another browser copies it
	NotOpened bool   // the system's browser could not be opened: the person must go to URL
}

// Browser signs a person in with the system's browser: authorization code, PKCE, answered at a loopback port. report is called at the start,
// and once more if no browser could be opened; from this goroutine, and never after Browser has returned.
func (c *Client) Browser(ctx context.Context, s kubeconfig.SignIn, report func(Progress)) (Tokens, error) {
	limited, cancel := context.WithTimeout(ctx, c.o.Timeout)
	defer cancel()
	t, err := c.browse(limited, s, report)
	return t, told(ctx, limited, err)
}

func (c *Client) browse(ctx context.Context, s kubeconfig.SignIn, report func(Progress)) (t Tokens, err error) {
	if err := checkParams(s.Params); err != nil {
		return Tokens{}, err
	}
	p, err := c.provider(ctx, s)
	if err != nil {
		return Tokens{}, err
	}
	defer p.web.http.CloseIdleConnections()
	if p.Auth == "" {
		return Tokens{}, errors.New("the identity provider has no sign-in with a browser")
	}
	q := question{state: rand.Text(), verifier: oauth2.GenerateVerifier()}
	expect := expected{state: q.state}
	if p.openid {
		q.nonce = rand.Text()
		expect.issuer, expect.mustBeSaid = p.Issuer, p.NamesItself
	}
	l, err := listen(ctx, s, expect)
	if err != nil {
		return Tokens{}, err
	}
	defer func() { l.close(ctx, err == nil) }()

	code, err := c.send(ctx, l, p.signInURL(s, q, l.redirect), report)
	if err != nil {
		return Tokens{}, err
	}
	g, err := p.grant(ctx, s, url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {l.redirect}, "code_verifier": {q.verifier},
	})
	if err != nil {
		return Tokens{}, err
	}
	return p.session(ctx, s, g, q.nonce)
}

// send opens the browser and waits for it to come back.
func (c *Client) send(ctx context.Context, l *loopback, address string, report func(Progress)) (string, error) {
	ctx, cancel := context.WithCancel(ctx)
	opened := make(chan error, 1)
	done := make(chan struct{})
	defer func() { cancel(); <-done }()
	report(Progress{URL: address})
	go func() {
		defer close(done)
		opened <- c.o.Open(ctx, address)
	}()
	return l.wait(ctx, opened, func() { report(Progress{URL: address, NotOpened: true}) })
}

// question is what makes one sign-in unlike any other.
type question struct{ state, nonce, verifier string }

// signInURL is where the browser goes.
func (p *provider) signInURL(s kubeconfig.SignIn, q question, redirect string) string {
	options := p.lasting(s)
	for name, value := range s.Params {
		options = append(options, oauth2.SetAuthURLParam(name, value))
	}
	if s.Audience != "" {
		options = append(options, oauth2.SetAuthURLParam("audience", s.Audience))
	}
	if s.Connector != "" {
		options = append(options, oauth2.SetAuthURLParam("connector_id", s.Connector))
	}
	if q.nonce != "" {
		options = append(options, goidc.Nonce(q.nonce))
	}
	config := oauth2.Config{
		ClientID: s.ClientID, RedirectURL: redirect, Scopes: p.scopes(s), Endpoint: oauth2.Endpoint{AuthURL: p.Auth},
	}
	return config.AuthCodeURL(q.state, append(options, oauth2.S256ChallengeOption(q.verifier))...)
}

// lasting asks for a session that can be renewed: the standard wants the person's consent for one, Google has a word of its own
// for it. Dex needs neither, and would ask in vain.
func (p *provider) lasting(s kubeconfig.SignIn) []oauth2.AuthCodeOption {
	switch {
	case p.Issuer == "https://accounts.google.com":
		return []oauth2.AuthCodeOption{oauth2.AccessTypeOffline, oauth2.SetAuthURLParam("prompt", "consent")}
	case slices.Contains(s.Scopes, goidc.ScopeOfflineAccess) && p.openid && !p.isDex():
		return []oauth2.AuthCodeOption{oauth2.SetAuthURLParam("prompt", "consent")}
	}
	return nil
}

// scopes are those of s, with openid where there is an ID token to be had.
func (p *provider) scopes(s kubeconfig.SignIn) []string {
	if !p.openid {
		return s.Scopes
	}
	others := slices.DeleteFunc(slices.Clone(s.Scopes), func(scope string) bool { return scope == goidc.ScopeOpenID })
	return append([]string{goidc.ScopeOpenID}, others...)
}

// checkParams refuses a parameter that would change what this package has to hold.
func checkParams(params map[string]string) error {
	ours := []string{
		"client_id", "client_secret", "code_challenge", "code_challenge_method", "nonce", "redirect_uri", "request", "request_uri",
		"response_mode", "response_type", "scope", "state",
	}
	for _, name := range slices.Sorted(maps.Keys(params)) {
		if slices.Contains(ours, strings.ToLower(strings.TrimSpace(name))) {
			return fmt.Errorf("the parameter %s can't be set for a sign-in: remove it", shown(name, 40))
		}
	}
	return nil
}
