package oidc

import (
	"crypto/x509"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestLook(t *testing.T) {
	i := newIssuer(t)
	s := i.signIn()
	i.doc["scopes_supported"] = []string{"openid", "a\u202e"}
	got, err := New(Options{}).Look(t.Context(), s.Issuer, s.IssuerCA)
	want := Issuer{URL: i.server.URL, Browser: true, Device: true, Revokes: true, Scopes: []string{"openid", `a\u202e`}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	i = newIssuer(t)
	s = i.signIn()
	i.doc["grant_types_supported"] = []string{"authorization_code"}
	i.doc["revocation_endpoint"] = nil
	if got, err := New(Options{}).Look(t.Context(), s.Issuer, s.IssuerCA); err != nil || got.Device || got.Revokes {
		t.Errorf("a provider without code and revocation is %+v, %v", got, err)
	}
}

func TestLookFails(t *testing.T) {
	i := newIssuer(t)
	_, err := New(Options{}).Look(t.Context(), i.server.URL, nil)
	if _, unknown := errors.AsType[x509.UnknownAuthorityError](err); !unknown {
		t.Errorf("an unknown CA gave %v", err)
	}
	if _, err := New(Options{}).Look(t.Context(), i.server.URL, []byte("no PEM")); !errors.Is(err, errBadCA) {
		t.Errorf("a CA that is none gave %v", err)
	}
	_, err = New(Options{}).Look(t.Context(), "https://127.0.0.1:1", nil)
	if _, ok := errors.AsType[*url.Error](err); !ok {
		t.Errorf("nobody there gave %v", err)
	}
}

// TestDiscoveryHostile holds which discovery documents are refused: the browser and our secrets go where they point.
func TestDiscoveryHostile(t *testing.T) {
	for name, c := range map[string]struct {
		field string
		value any
		says  string
	}{
		"other issuer":     {"issuer", "https://evil.example/" + strings.Repeat("x", 999), "use that address"},
		"no issuer":        {"issuer", nil, "calls itself"},
		"slash":            {"issuer", "/", "calls itself"},
		"no JSON type":     {"issuer", 5, "doesn't describe"},
		"program":          {"authorization_endpoint", "file:///bin/sh", "no address that can be used"},
		"script":           {"authorization_endpoint", "javascript:alert(1)", "no address that can be used"},
		"option":           {"authorization_endpoint", "--help", "no address that can be used"},
		"plain":            {"token_endpoint", "http://login.example.com/token", "no address that can be used"},
		"plain keys":       {"jwks_uri", "http://127.0.0.1/keys", "no address that can be used"},
		"password":         {"revocation_endpoint", "https://a:b@c/", "no address that can be used"},
		"no tokens":        {"token_endpoint", "", "where it gives tokens"},
		"no keys":          {"jwks_uri", nil, "where it gives tokens"},
		"turned":           {"authorization_endpoint", "https://a/\u202e", "no address that can be used"},
		"long":             {"authorization_endpoint", "https://a/" + strings.Repeat("x", 2000), "no address that can be used"},
		"unclean endpoint": {"token_endpoint", "https://x\x00y", "no address that can be used"},
	} {
		t.Run(name, func(t *testing.T) {
			i := newIssuer(t)
			i.doc[c.field] = c.value
			if name == "slash" {
				i.doc["issuer"] = i.server.URL + "/"
			}
			s := i.signIn()
			_, err := New(Options{Open: noBrowser(t)}).Browser(t.Context(), s, silent)
			if err == nil || !strings.Contains(err.Error(), c.says) || len(err.Error()) > 400 || !isClean(err.Error()) {
				t.Errorf("got %v", err)
			}
			if e, ok := errors.AsType[*IssuerError](err); ok != (c.field == "issuer" && c.value != 5) {
				t.Errorf("the error's type is wrong: %v", e)
			}
		})
	}
}

func TestDiscoveryElsewhere(t *testing.T) {
	var other atomic.Int64
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { other.Add(1) }))
	defer elsewhere.Close()
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		says   string
	}{
		"another host": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL+strings.Repeat("/x", 5000), http.StatusFound)
		}, "if you trust it"},
		"for ever": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }, "again and again"},
		"nowhere": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", ":"+strings.Repeat("x", 5000))
			w.WriteHeader(http.StatusFound)
		}, "Location"},
		"not found":   {http.NotFound, "answered 404"},
		"huge":        {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, maxBody+1)) }, "more than 1024 KiB"},
		"huge header": {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X", strings.Repeat("x", 2*maxHeader)) }, "header"},
		"deep":        {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(strings.Repeat(`{"a":`, 100_000))) }, "doesn't describe"},
		"a page":      {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }, "doesn't describe"},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(c.answer)
			defer server.Close()
			_, err := New(Options{}).Look(t.Context(), server.URL, nil)
			if err == nil || !strings.Contains(err.Error(), c.says) || len(err.Error()) > 400 {
				t.Errorf("got %v", err)
			}
		})
	}
	if n := other.Load(); n != 0 {
		t.Errorf("the other host was asked %d times", n)
	}
}

// TestDiscoveryMemory holds that a provider is remembered for some minutes, by its own address and CA.
func TestDiscoveryMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := map[string]int{}
		o := Options{transport: local(func(w http.ResponseWriter, r *http.Request) {
			asked[r.URL.Host]++
			base := "https://" + r.URL.Host
			_, _ = w.Write([]byte(`{"issuer":"` + base + `","token_endpoint":"` + base + `/t","jwks_uri":"` + base + `/k"}`))
		})}
		c := New(o)
		look := func(issuer string, ca string) {
			t.Helper()
			if got, err := c.Look(t.Context(), issuer, []byte(ca)); err != nil || got.URL != issuer {
				t.Errorf("%s is %+v, %v", issuer, got, err)
			}
		}
		look("https://a", "")
		look("https://a", "")
		look("https://b", "")
		look("https://a", "another CA")
		time.Sleep(knownFor + time.Second)
		look("https://b", "")
		if diff := cmp.Diff(map[string]int{"a": 2, "b": 2}, asked); diff != "" || len(c.known) != 1 {
			t.Errorf("asked %v and remembers %d providers", asked, len(c.known))
		}
	})
}

// local is HTTP without a network, for tests with a clock of their own.
type local http.HandlerFunc

func (l local) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	w := httptest.NewRecorder()
	l(w, r)
	if w.Code == 0 || w.Code == 599 {
		return nil, errors.New("no network")
	}
	return w.Result(), nil
}
