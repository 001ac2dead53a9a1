package oidc

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

// grant is a provider's yes at its token endpoint.
type grant struct {
	Access  string  `json:"access_token"`
	ID      string  `json:"id_token"`
	Refresh string  `json:"refresh_token"`
	Type    string  `json:"token_type"`
	Expires seconds `json:"expires_in"`
}

// seconds is a time span that some providers write as a string. What makes no sense is 0: unknown.
type seconds time.Duration

func (s *seconds) UnmarshalJSON(b []byte) error {
	n, err := strconv.ParseFloat(string(bytes.Trim(b, `"`)), 64)
	if err == nil && n > 0 && n < 1e9 {
		*s = seconds(n * float64(time.Second))
	}
	return nil
}

// grant asks the token endpoint. It is asked once only, whatever happens: codes and refresh tokens are spent by asking.
func (p *provider) grant(ctx context.Context, s kubeconfig.SignIn, form url.Values) (grant, error) {
	var g grant
	if err := p.ask(ctx, s, p.Token, form, &g); err != nil {
		return grant{}, fmt.Errorf("get tokens: %w", err)
	}
	if g.Type != "" && !strings.EqualFold(g.Type, "bearer") {
		return grant{}, fmt.Errorf("the identity provider gives tokens of a kind that clusters don't take: %s", shown(g.Type, 40))
	}
	for _, token := range []string{g.Access, g.ID, g.Refresh} { // they stand in headers and in the keychain
		if len(token) > 64<<10 || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return grant{}, errors.New("the identity provider gives tokens that can't be used")
		}
	}
	return g, nil
}

// ask posts a form as the client of s and reads the answer. A no is a *Refusal; one that may be a yes later is not.
func (p *provider) ask(ctx context.Context, s kubeconfig.SignIn, endpoint string, form url.Values, into any) error {
	form.Set("client_id", s.ClientID)
	inHeader := p.secretInHeader(s)
	if !inHeader && !s.ClientSecret.Empty() {
		form.Set("client_secret", string(s.ClientSecret.Reveal()))
	}
	status, body, err := p.web.post(ctx, endpoint, form, func(r *http.Request) {
		if inHeader {
			r.SetBasicAuth(url.QueryEscape(s.ClientID), url.QueryEscape(string(s.ClientSecret.Reveal())))
		}
	})
	if err != nil {
		return err
	}
	var no struct {
		Code string `json:"error"`
		Text string `json:"error_description"`
	}
	unread := json.Unmarshal(body, &no)
	switch {
	case status >= http.StatusInternalServerError || status == http.StatusTooManyRequests:
		return statusError(endpoint, status)
	case no.Code != "": // some say no with status 200
		return refusal(no.Code, no.Text)
	case status != http.StatusOK:
		return statusError(endpoint, status)
	case into == nil:
		return nil
	case unread != nil || json.Unmarshal(body, into) != nil:
		return fmt.Errorf("%s gave an answer that can't be read", endpoint)
	default:
		return nil
	}
}

// secretInHeader says how the client shows itself: by the standard's first choice, if the provider has it. OpenShift wants a header even
// without a secret; Dex takes a form everywhere, and for a code on another device a form only.
func (p *provider) secretInHeader(s kubeconfig.SignIn) bool {
	if s.ClientSecret.Empty() || !p.openid {
		return !p.openid
	}
	return !p.isDex() && (len(p.AuthMethods) == 0 || slices.Contains(p.AuthMethods, "client_secret_basic"))
}

// session makes tokens of what was granted, once it is verified.
func (p *provider) session(ctx context.Context, s kubeconfig.SignIn, g grant, nonce string) (Tokens, error) {
	t := Tokens{ID: secret.New([]byte(g.ID)), Access: secret.New([]byte(g.Access)), Refresh: secret.New([]byte(g.Refresh))}
	if showsAccess(s) {
		if g.Access == "" {
			return Tokens{}, errors.New("the identity provider gave no access token, which this sign-in is for")
		}
		if g.Expires > 0 {
			t.Expires = time.Now().Add(time.Duration(g.Expires))
		}
	}
	if g.ID == "" || !p.openid {
		if !showsAccess(s) {
			return Tokens{}, errors.New("the identity provider gave no ID token, which clusters want: it may not know OpenID Connect")
		}
		return t, nil
	}
	who, err := p.verify(ctx, s, g.ID, nonce)
	if err != nil {
		return Tokens{}, err
	}
	t.Subject, t.Name, t.Groups = who.Subject, who.Name, who.Groups
	if !showsAccess(s) {
		t.Expires = who.Expires
	}
	return t, nil
}
