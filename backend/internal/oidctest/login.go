package oidctest

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"testing"
	"time"

	"golang.org/x/oauth2"
)

// scopes are what a program asks for that wants names, groups and a refresh token.
func scopes() []string { return []string{"openid", "email", "profile", "groups", "offline_access"} }

// Login signs a user in by code and PKCE with nothing but the oauth2 package, for
// tests that need tokens and not the sign-in: it shares no code with ours.
func (i *Issuer) Login(tb testing.TB, u User) *oauth2.Token {
	tb.Helper()
	token, err := i.login(tb.Context(), u)
	check(tb, err)
	return token
}

// Renew trades a refresh token for new ones.
func (i *Issuer) Renew(tb testing.TB, refresh string) (*oauth2.Token, error) {
	tb.Helper()
	ctx := context.WithValue(tb.Context(), oauth2.HTTPClient, i.HTTP())
	return i.config("").TokenSource(ctx, &oauth2.Token{RefreshToken: refresh}).Token()
}

// IDToken is the ID token that came with an answer.
func IDToken(tb testing.TB, t *oauth2.Token) string {
	tb.Helper()
	id, ok := t.Extra("id_token").(string)
	if !ok {
		tb.Fatal("the answer has no ID token")
	}
	return id
}

// HTTP is a client that trusts the issuer, whose connections don't stay.
func (i *Issuer) HTTP() *http.Client {
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(i.CAPEM)
	return &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}, DisableKeepAlives: true,
	}}
}

// describe asks the issuer where its endpoints are.
func (i *Issuer) describe(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, i.URL+"/.well-known/openid-configuration", http.NoBody)
	if err != nil {
		return fmt.Errorf("ask the issuer: %w", err)
	}
	res, err := i.HTTP().Do(req)
	if err != nil {
		return fmt.Errorf("ask the issuer: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	var d struct {
		Issuer string `json:"issuer"`
		Auth   string `json:"authorization_endpoint"`
		Token  string `json:"token_endpoint"`
		Device string `json:"device_authorization_endpoint"`
		Revoke string `json:"revocation_endpoint"`
	}
	if err := json.NewDecoder(res.Body).Decode(&d); err != nil {
		return fmt.Errorf("read the issuer's description: %w", err)
	}
	if d.Issuer != i.URL {
		return fmt.Errorf("the issuer calls itself %s, not %s", d.Issuer, i.URL)
	}
	i.Endpoint = oauth2.Endpoint{AuthURL: d.Auth, TokenURL: d.Token, DeviceAuthURL: d.Device, AuthStyle: oauth2.AuthStyleInParams}
	i.Revocation = d.Revoke
	i.Clear() // that wasn't the program's request
	return nil
}

func (i *Issuer) config(redirect string) *oauth2.Config {
	return &oauth2.Config{ClientID: i.ClientID, Endpoint: i.Endpoint, RedirectURL: redirect, Scopes: scopes()}
}

func (i *Issuer) login(ctx context.Context, u User) (*oauth2.Token, error) {
	came := make(chan url.Values, 1)
	program, end, err := serve(ctx, func(_ http.ResponseWriter, r *http.Request) { came <- r.URL.Query() })
	if err != nil {
		return nil, err
	}
	defer end()
	config := i.config(program + "/callback")
	verifier, state := oauth2.GenerateVerifier(), rand.Text()
	address := config.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier), oauth2.SetAuthURLParam("prompt", "consent"))
	if err := i.Visit(ctx, address, u); err != nil {
		return nil, err
	}
	back := <-came
	if back.Get("state") != state || back.Get("code") == "" {
		return nil, errors.New("the issuer sent back " + back.Encode())
	}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, i.HTTP())
	return config.Exchange(ctx, back.Get("code"), oauth2.VerifierOption(verifier))
}

// serve is a program on loopback until end is called, which waits.
func serve(ctx context.Context, handle http.HandlerFunc) (address string, end func(), err error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("listen: %w", err)
	}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: handle}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(l) // ends by Close
	}()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return "http://localhost:" + port, func() {
		_ = server.Close()
		<-served
	}, err
}
