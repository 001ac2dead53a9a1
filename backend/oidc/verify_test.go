package oidc

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

func TestIDTokenRefused(t *testing.T) {
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ago := func(d time.Duration) int64 { return time.Now().Add(-d).Unix() }
	for name, c := range map[string]struct {
		claims map[string]any
		sign   func([]byte) string
		says   string
	}{
		"other issuer":     {claims: map[string]any{"iss": "https://evil.example"}, says: "different provider"},
		"no issuer":        {claims: map[string]any{"iss": nil}, says: "different provider"},
		"other audience":   {claims: map[string]any{"aud": "another"}, says: "for another client"},
		"asked by another": {claims: map[string]any{"aud": "cluster", "azp": "another"}, says: "for another client"},
		"unwanted cluster": {claims: map[string]any{"aud": "other-cluster", "azp": clientID}, says: "for another client"},
		"no audience":      {claims: map[string]any{"aud": nil}, says: "for another client"},
		"other nonce":      {claims: map[string]any{"nonce": "x"}, says: "another sign-in"},
		"no nonce":         {claims: map[string]any{"nonce": nil}, says: "another sign-in"},
		"expired":          {claims: map[string]any{"exp": ago(skew + time.Minute)}, says: "check this computer's clock"},
		"no expiry":        {claims: map[string]any{"exp": nil}, says: "check this computer's clock"},
		"of tomorrow":      {claims: map[string]any{"nbf": ago(-24 * time.Hour)}, says: "refused"},
		"nobody":           {claims: map[string]any{"sub": nil}, says: "names nobody"},
		"unsigned": {sign: func(p []byte) string {
			b := base64.RawURLEncoding
			return b.EncodeToString([]byte(`{"alg":"none"}`)) + "." + b.EncodeToString(p) + "."
		}, says: "refused"},
		"shared secret": {sign: func(p []byte) string {
			return signed(t, jose.HS256, []byte(strings.Repeat(clientID, 8)), "k1", p)
		}, says: "refused"},
		"foreign key":       {sign: func(p []byte) string { return signed(t, jose.ES256, other, "k1", p) }, says: "no key"},
		"foreign key, new":  {sign: func(p []byte) string { return signed(t, jose.ES256, other, "k9", p) }, says: "no key"},
		"foreign key, none": {sign: func(p []byte) string { return signed(t, jose.ES256, other, "", p) }, says: "no key"},
		"no token":          {sign: func([]byte) string { return "a.b.c" }, says: "refused"},
		"no claims":         {sign: nil, claims: map[string]any{"_claim_names": 5}, says: "refused"},
	} {
		t.Run(name, func(t *testing.T) {
			i := newIssuer(t)
			i.claims = c.claims
			if c.sign != nil {
				i.sign = c.sign
			}
			s := i.signIn()
			s.Audience = "cluster"
			p := i.person()
			_, err := New(Options{Open: p.open}).Browser(t.Context(), s, silent)
			if err == nil || !strings.Contains(err.Error(), c.says) || len(err.Error()) > 350 || !isClean(err.Error()) {
				t.Errorf("got %v", err)
			}
			if page := p.last(); !strings.Contains(page.text, "You are not signed in") {
				t.Errorf("the page says %s", page.text)
			}
		})
	}
}

func TestIDTokenTaken(t *testing.T) {
	for name, c := range map[string]struct {
		claims map[string]any
		change func(*kubeconfig.SignIn)
		want   string // name
		groups []string
	}{
		"a clock that is ahead":   {claims: map[string]any{"exp": time.Now().Add(-skew / 2).Unix()}, want: "ana@example.com", groups: []string{"dev", "ops"}},
		"several audiences":       {claims: map[string]any{"aud": []string{"x", clientID}, "azp": "x"}, want: "ana@example.com", groups: []string{"dev", "ops"}},
		"the cluster's, by Dex":   {claims: map[string]any{"aud": "cluster", "azp": clientID}, want: "ana@example.com", groups: []string{"dev", "ops"}},
		"the cluster's, by name":  {claims: map[string]any{"aud": []string{"api"}, "azp": clientID}, want: "ana@example.com", groups: []string{"dev", "ops"}},
		"a claim for the name":    {change: func(s *kubeconfig.SignIn) { s.NameClaim = "sub" }, want: "u1", groups: []string{"dev", "ops"}},
		"no such claim":           {change: func(s *kubeconfig.SignIn) { s.NameClaim = "upn" }, claims: map[string]any{"email": 5, "name": "Ana"}, want: "Ana", groups: []string{"dev", "ops"}},
		"hostile name and groups": {claims: map[string]any{"email": "a\u202eb" + strings.Repeat("x", 999), "groups": []any{1, nil, "g\x00", map[string]any{}}}, want: `a\u202eb` + strings.Repeat("x", 197) + "…", groups: []string{`g\u0000`}},
		"one group":               {claims: map[string]any{"groups": "dev"}, want: "ana@example.com", groups: []string{"dev"}},
	} {
		t.Run(name, func(t *testing.T) {
			i := newIssuer(t)
			i.claims = c.claims
			s := i.signIn()
			s.Audience, s.Scopes = "api", []string{"audience:server:client_id:cluster"}
			if c.change != nil {
				c.change(&s)
			}
			got, err := New(Options{Open: i.person().open}).Browser(t.Context(), s, silent)
			if err != nil {
				t.Fatal(err)
			}
			if got.Name != c.want || !cmp.Equal(got.Groups, c.groups) {
				t.Errorf("the person is %q in %q", got.Name, got.Groups)
			}
		})
	}
}

// TestKeysChange holds that new keys are read when they are needed, and only then.
func TestKeysChange(t *testing.T) {
	i := newIssuer(t)
	c := New(Options{Open: i.person().open})
	sign := func() {
		t.Helper()
		if _, err := c.Browser(t.Context(), i.signIn(), silent); err != nil {
			t.Fatal(err)
		}
	}
	sign()
	sign()
	if n := i.count("GET /jwks"); n != 1 {
		t.Errorf("the keys were read %d times", n)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	i.set(func() { i.key = key })
	sign()
	if n := i.count("GET /jwks"); n != 2 {
		t.Errorf("the keys were read %d times", n)
	}
	if n := i.count("GET /.well-known/openid-configuration"); n != 1 {
		t.Errorf("the provider was looked up %d times", n)
	}
}

func TestKeysHostile(t *testing.T) {
	for name, body := range map[string]string{
		"none": `{"keys":[]}`, "no JSON": `<html>`, "many": `{"keys":[` + strings.Repeat(`{"kty":"x"},`, 200) + `{}]}`,
		"a secret one": `{"keys":[{"kty":"oct","k":"AAAA"}]}`, "broken": `{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}`,
		"huge": strings.Repeat(" ", maxBody+1),
	} {
		t.Run(name, func(t *testing.T) {
			i := newIssuer(t)
			inner := i.mux
			i.mux = http.NewServeMux()
			i.mux.Handle("/", inner)
			i.mux.HandleFunc("GET /jwks", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(body)) })
			if _, err := New(Options{Open: i.person().open}).Browser(t.Context(), i.signIn(), silent); err == nil || len(err.Error()) > 300 {
				t.Errorf("got %v", err)
			}
		})
	}
}
