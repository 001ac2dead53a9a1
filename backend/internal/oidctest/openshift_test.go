package oidctest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/oauth2"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
	"github.com/binnacle-dev/binnacle/build/rig/issuer"
)

func client(o *issuer.OpenShift, redirect string) *oauth2.Config {
	return &oauth2.Config{ClientID: o.ClientID, RedirectURL: redirect, Endpoint: oauth2.Endpoint{
		AuthURL: o.URL + "/oauth/authorize", TokenURL: o.URL + "/oauth/token", AuthStyle: oauth2.AuthStyleInParams,
	}}
}

func TestOpenShift(t *testing.T) {
	t.Parallel()
	o := OpenShift(t)
	c := kubetest.Start(t, kubetest.Reviewing(o))
	came := make(chan url.Values, 1)
	program := listen(t, func(_ http.ResponseWriter, r *http.Request) { came <- r.URL.Query() })
	config := client(o, strings.Replace(program, "localhost", "127.0.0.1", 1)+"/callback")
	verifier := oauth2.GenerateVerifier()
	check(t, o.Visit(t.Context(), config.AuthCodeURL("s", oauth2.S256ChallengeOption(verifier)), o.Users[0]))

	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(o.CAPEM)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}, DisableKeepAlives: true}
	ctx := context.WithValue(t.Context(), oauth2.HTTPClient, &http.Client{Transport: transport})
	code := (<-came).Get("code")
	if _, err := config.Exchange(ctx, code, oauth2.VerifierOption(oauth2.GenerateVerifier())); err == nil {
		t.Error("another verifier was taken")
	}
	if _, err := config.Exchange(ctx, code, oauth2.VerifierOption(verifier)); err == nil {
		t.Error("a code was good twice")
	}
	check(t, o.Visit(t.Context(), config.AuthCodeURL("s", oauth2.S256ChallengeOption(verifier)), o.Users[0]))
	token, err := config.Exchange(ctx, (<-came).Get("code"), oauth2.VerifierOption(verifier))
	check(t, err)
	name, groups, err := whoami(t.Context(), c, token.AccessToken)
	check(t, err)
	if name != "developer" || len(groups) == 0 || groups[len(groups)-1] != "system:authenticated:oauth" {
		t.Errorf("the cluster knows the user as %s of %v", name, groups)
	}
	o.Revoke()
	awaitRefusal(t, c, token.AccessToken)
}

func TestOpenShiftIsStrict(t *testing.T) {
	t.Parallel()
	o := OpenShift(t)
	pkce := oauth2.S256ChallengeOption("x")
	for name, c := range map[string]struct {
		redirect string
		options  []oauth2.AuthCodeOption
		user     User
		want     string
	}{
		"localhost":      {"http://localhost:1/callback", []oauth2.AuthCodeOption{pkce}, o.Users[0], "unauthorized_client"},
		"no PKCE":        {"http://127.0.0.1:1/callback", nil, o.Users[0], "invalid_request"},
		"wrong password": {"http://127.0.0.1:1/callback", []oauth2.AuthCodeOption{pkce}, User{Name: "developer", Password: "no"}, ErrPassword.Error()},
		"good":           {"http://127.0.0.1:1/callback", []oauth2.AuthCodeOption{pkce}, o.Users[1], "code=sha256"},
	} {
		t.Run(name, func(t *testing.T) {
			back, err := o.Redirect(t.Context(), client(o, c.redirect).AuthCodeURL("s", c.options...), c.user)
			if got := fmt.Sprint(back, err); !strings.Contains(got, c.want) {
				t.Errorf("the person ended with %s, want %s", got, c.want)
			}
		})
	}
}
