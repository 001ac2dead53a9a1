package oidc

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

// signedIn is a session at i.
func (i *issuer) signedIn(c *Client, s kubeconfig.SignIn) Tokens {
	i.t.Helper()
	t, err := c.Browser(i.t.Context(), s, silent)
	if err != nil {
		i.t.Fatal(err)
	}
	return t
}

func text(v secret.Value) string { return string(v.Reveal()) }

func TestRefresh(t *testing.T) {
	i := newIssuer(t)
	s := i.signIn()
	c := New(Options{Open: i.person().open})
	first := i.signedIn(c, s)
	second, err := c.Refresh(t.Context(), s, first)
	if err != nil {
		t.Fatal(err)
	}
	if text(second.Refresh) != "refresh-0+" || second.ID.Equal(first.ID) || second.Name != "ana@example.com" || second.Expires.IsZero() {
		t.Errorf("the tokens are %+v", second)
	}
	third, err := c.Refresh(t.Context(), s, first) // with what has been replaced
	if !errors.Is(err, ErrEnded) || !third.Refresh.Equal(first.Refresh) {
		t.Errorf("a spent refresh token gave %v", err)
	}
	holds(t, "the error", err.Error())
	i.set(func() { i.grant = map[string]any{"refresh_token": nil} })
	kept, err := c.Refresh(t.Context(), s, second)
	if err != nil || !kept.Refresh.Equal(second.Refresh) {
		t.Errorf("without rotation the refresh token is %q, %v", text(kept.Refresh), err)
	}
	if _, err := c.Refresh(t.Context(), s, Tokens{ID: first.ID}); !errors.Is(err, ErrEnded) || !strings.Contains(err.Error(), "offline_access") {
		t.Errorf("nothing to refresh with gave %v", err)
	}
}

// TestRefreshFails holds which failures end a session, and that the provider's new refresh token is never lost.
func TestRefreshFails(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*issuer)
		ended  bool
		spent  bool // the provider has replaced the refresh token
	}{
		"invalid grant":    {change: func(i *issuer) { i.refuse = always("invalid_grant") }, ended: true},
		"wants the person": {change: func(i *issuer) { i.refuse = always("interaction_required") }, ended: true},
		"wants consent":    {change: func(i *issuer) { i.refuse = always("consent_required") }, ended: true},
		"wants a login":    {change: func(i *issuer) { i.refuse = always("login_required") }, ended: true},
		"invalid client":   {change: func(i *issuer) { i.refuse = always("invalid_client") }},
		"invalid request":  {change: func(i *issuer) { i.refuse = always("invalid_request") }},
		"unavailable":      {change: func(i *issuer) { i.answerToken(func(w http.ResponseWriter) { w.WriteHeader(503) }) }},
		"too many":         {change: func(i *issuer) { i.answerToken(func(w http.ResponseWriter) { w.WriteHeader(429) }) }},
		"a proxy's page":   {change: func(i *issuer) { i.answerToken(func(w http.ResponseWriter) { _, _ = w.Write([]byte("<html>")) }) }},
		"500 with a code": {change: func(i *issuer) {
			i.answerToken(func(w http.ResponseWriter) { w.WriteHeader(500); _, _ = w.Write([]byte(`{"error":"invalid_grant"}`)) })
		}},
		"cut":                  {change: func(i *issuer) { i.answerToken(func(http.ResponseWriter) { panic(http.ErrAbortHandler) }) }},
		"no ID token":          {change: func(i *issuer) { i.grant = map[string]any{"id_token": nil} }, ended: true, spent: true},
		"somebody else":        {change: func(i *issuer) { i.claims = map[string]any{"sub": "u2"} }, ended: true, spent: true},
		"for somebody else":    {change: func(i *issuer) { i.claims = map[string]any{"aud": "x"} }, spent: true},
		"of another issuer":    {change: func(i *issuer) { i.claims = map[string]any{"iss": "x"} }, spent: true},
		"unsigned":             {change: func(i *issuer) { i.sign = func([]byte) string { return "a.b.c" } }, spent: true},
		"expired when it came": {change: func(i *issuer) { i.claims = map[string]any{"exp": 1} }, spent: true},
	} {
		t.Run(name, func(t *testing.T) {
			i := newIssuer(t)
			s := i.signIn()
			client := New(Options{Open: i.person().open})
			first := i.signedIn(client, s)
			i.set(func() { c.change(i) })
			got, err := client.Refresh(t.Context(), s, first)
			if err == nil || errors.Is(err, ErrEnded) != c.ended {
				t.Errorf("got %v", err)
			}
			holds(t, "the error", err.Error())
			if !isClean(err.Error()) {
				t.Errorf("the error isn't clean: %q", err)
			}
			want := first
			if c.spent {
				want.Refresh = secret.New([]byte("refresh-0+"))
			}
			if !got.Refresh.Equal(want.Refresh) || !got.ID.Equal(want.ID) || got.Subject != want.Subject {
				t.Errorf("what is to be kept is %q", text(got.Refresh))
			}
		})
	}
}

func always(code string) func(url.Values) string { return func(url.Values) string { return code } }

// TestRefreshSpendsLate holds that a refresh token isn't spent before its answer can be checked: a new run of the program knows no keys yet.
func TestRefreshSpendsLate(t *testing.T) {
	i := newIssuer(t)
	s := i.signIn()
	first := i.signedIn(New(Options{Open: i.person().open}), s)
	i.set(func() { i.doc["jwks_uri"] = i.server.URL + "/gone" })
	fresh := New(Options{})
	if _, err := fresh.Refresh(t.Context(), s, first); err == nil || errors.Is(err, ErrEnded) {
		t.Errorf("a provider without keys gave %v", err)
	}
	if n := i.count("POST /token"); n != 1 {
		t.Errorf("the token endpoint was asked %d times", n)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := fresh.Refresh(ctx, s, first); !errors.Is(err, context.Canceled) || errors.Is(err, ErrEnded) {
		t.Errorf("a cancelled refresh gave %v", err)
	}
	i.server.Close()
	if _, err := New(Options{}).Refresh(t.Context(), s, first); err == nil || errors.Is(err, ErrEnded) {
		t.Errorf("a provider that is gone gave %v", err)
	}
}

// TestRefreshAccessToken holds that an ID token isn't wanted where the access token is shown.
func TestRefreshAccessToken(t *testing.T) {
	i := newIssuer(t)
	s := i.signIn()
	s.AccessToken = true
	c := New(Options{Open: i.person().open})
	first := i.signedIn(c, s)
	i.set(func() { i.grant = map[string]any{"id_token": nil} })
	got, err := c.Refresh(t.Context(), s, first)
	if err != nil || got.Access.Equal(first.Access) || !got.ID.Equal(first.ID) || got.Name != first.Name || got.Subject != "u1" {
		t.Errorf("the tokens are %+v, %v", got, err)
	}
}

// TestDexSaysInvalidRequest holds Dex' way to say that a session is over.
func TestDexSaysInvalidRequest(t *testing.T) {
	i := newIssuer(t)
	s := i.signIn()
	i.likeDex()
	c := New(Options{Open: i.person().open})
	first := i.signedIn(c, s)
	i.set(func() { i.refuse = always("invalid_request") })
	if _, err := c.Refresh(t.Context(), s, first); !errors.Is(err, ErrEnded) {
		t.Errorf("got %v", err)
	}
}

func TestRevoke(t *testing.T) {
	i := newIssuer(t)
	s := i.signIn()
	var asked []string
	answer := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(200) }
	i.mux.HandleFunc("POST /revoke", func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.FormValue("token_type_hint")+" "+r.FormValue("token")[:6]+" "+r.FormValue("client_id"))
		answer(w, r)
	})
	c := New(Options{Open: i.person().open})
	session := i.signedIn(c, s)
	if err := c.Revoke(t.Context(), s, session); err != nil {
		t.Error(err)
	}
	if got := strings.Join(asked, ", "); got != "refresh_token refres binnacle, access_token access binnacle" {
		t.Errorf("asked %s", got)
	}
	i.set(func() {
		answer = func(w http.ResponseWriter, _ *http.Request) {
			i.json(w, 400, map[string]any{"error": "unsupported_token_type"})
		}
	})
	if err := c.Revoke(t.Context(), s, session); err != nil {
		t.Error(err)
	}
	i.set(func() { answer = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) } })
	err := c.Revoke(t.Context(), s, session)
	if err == nil || len(asked) != 6 {
		t.Errorf("a failing provider gave %v after %d", err, len(asked))
	}
	holds(t, "the error", err.Error())

	i = newIssuer(t)
	i.doc["revocation_endpoint"] = nil
	if err := c.Revoke(t.Context(), i.signIn(), session); !errors.Is(err, ErrCannotRevoke) {
		t.Errorf("got %v", err)
	}
}
