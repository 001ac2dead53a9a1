package oidc

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

// deviceIssuer has a clock that goes as fast as nobody waits. It answers the polls in turn with the codes of says, then with tokens.
type deviceIssuer struct {
	t     *testing.T
	key   *ecdsa.PrivateKey
	start time.Time
	code  string // JSON of the device endpoint's answer
	says  []string
	polls []time.Duration // when it was asked
}

const deviceURL = "https://login.example.com"

func (d *deviceIssuer) serve(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/.well-known/openid-configuration":
		fmt.Fprintf(w, `{"issuer":%q,"token_endpoint":%q,"jwks_uri":%q,"device_authorization_endpoint":%q,"id_token_signing_alg_values_supported":["ES256"]}`,
			deviceURL, deviceURL+"/token", deviceURL+"/jwks", deviceURL+"/code")
	case "/jwks":
		_ = json.NewEncoder(w).Encode(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: d.key.Public(), KeyID: "k1"}}})
	case "/code":
		if r.FormValue("client_id") != clientID || r.FormValue("scope") != "openid groups" || r.FormValue("connector_id") != "ldap" ||
			r.FormValue("audience") != "cluster" || r.FormValue("acr") != "2" {
			d.t.Errorf("asked for a code by %v", r.PostForm)
		}
		_, _ = w.Write([]byte(d.code))
	case "/token":
		if r.FormValue("device_code") != "device-secret" || r.FormValue("grant_type") != "urn:ietf:params:oauth:grant-type:device_code" {
			d.t.Errorf("asked for tokens by %v", r.PostForm)
		}
		d.polls = append(d.polls, time.Since(d.start))
		if len(d.says) == 0 {
			claims := fmt.Sprintf(`{"iss":%q,"aud":%q,"sub":"u1","exp":%d}`, deviceURL, clientID, time.Now().Add(time.Hour).Unix())
			fmt.Fprintf(w, `{"access_token":"a","refresh_token":"r","id_token":%q}`, signed(d.t, jose.ES256, d.key, "k1", []byte(claims)))
			return
		}
		say := d.says[0]
		d.says = d.says[1:]
		if say == "no network" {
			w.WriteHeader(599)
			return
		}
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"error":%q}`, say)
	}
}

func TestDevice(t *testing.T) {
	const code = `{"device_code":"device-secret","user_code":"AB-CD","verification_uri":"https://login.example.com/go",` +
		`"verification_uri_complete":"https://login.example.com/go?c=AB-CD","expires_in":100,"interval":2}`
	shownCode := Code{UserCode: "AB-CD", URL: deviceURL + "/go", CompleteURL: deviceURL + "/go?c=AB-CD"}
	refused := func(t *testing.T, err error) {
		t.Helper()
		if no, ok := errors.AsType[*Refusal](err); !ok || no.Code != "access_denied" {
			t.Errorf("got %v", err)
		}
	}
	is := func(want error) func(*testing.T, error) {
		return func(t *testing.T, err error) {
			t.Helper()
			if !errors.Is(err, want) {
				t.Errorf("got %v, want %v", err, want)
			}
		}
	}
	says := func(want string) func(*testing.T, error) {
		return func(t *testing.T, err error) {
			t.Helper()
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want %s", err, want)
			}
		}
	}
	for name, c := range map[string]struct {
		code  string
		says  []string
		show  Code
		polls []int // seconds
		cancel,
		slow bool
		check func(*testing.T, error)
	}{
		"at once":   {code: code, show: shownCode, polls: []int{2}, check: is(nil)},
		"waits":     {code: code, says: []string{"authorization_pending", "authorization_pending"}, show: shownCode, polls: []int{2, 4, 6}, check: is(nil)},
		"slow down": {code: code, says: []string{"slow_down", "authorization_pending"}, show: shownCode, polls: []int{2, 9, 16}, check: is(nil)},
		"network":   {code: code, says: []string{"no network", "authorization_pending"}, show: shownCode, polls: []int{2, 6, 10}, check: is(nil)},
		"denied":    {code: code, says: []string{"access_denied"}, show: shownCode, polls: []int{2}, check: refused},
		"expired":   {code: code, says: []string{"expired_token"}, show: shownCode, polls: []int{2}, check: is(ErrTimeout)},
		"never": {
			code: strings.Replace(code, "100", "5", 1), says: []string{"authorization_pending", "authorization_pending"}, show: shownCode,
			polls: []int{2, 4}, check: is(ErrTimeout),
		},
		"cancel": {code: code, show: shownCode, cancel: true, check: is(ErrCancelled)},
		"old names, no times": {
			code: `{"device_code":"device-secret","user_code":"A\u202e","verification_url":"https://login.example.com/go","verification_uri_complete":"file:///x"}`,
			show: Code{UserCode: `A\u202e`, URL: deviceURL + "/go"}, polls: []int{5}, check: is(nil),
		},
		"hurry":     {code: strings.Replace(code, `:2}`, `:0.001}`, 1), show: shownCode, polls: []int{1}, check: is(nil)},
		"a program": {code: strings.Replace(code, "https://login.example.com/go\"", "file:///bin/sh\"", 1), check: says("use the browser")},
		"plain":     {code: strings.Replace(code, "https://login.example.com/go\"", "http://login.example.com/go\"", 1), check: says("use the browser")},
		"no code":   {code: `{}`, check: says("use the browser")},
		"refused":   {code: `{"error":"access_denied"}`, check: refused},
	} {
		t.Run(name, func(t *testing.T) {
			key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
			if err != nil {
				t.Fatal(err)
			}
			synctest.Test(t, func(t *testing.T) {
				d := &deviceIssuer{t: t, key: key, start: time.Now(), code: c.code, says: c.says}
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				var got Code
				s := kubeconfig.SignIn{
					Flow: kubeconfig.FlowDevice, Issuer: deviceURL, ClientID: clientID, Scopes: []string{"groups"}, Connector: "ldap",
					Audience: "cluster", Params: map[string]string{"acr": "2"},
				}
				tokens, err := New(Options{transport: local(d.serve)}).Device(ctx, s, func(code Code) {
					if got = code; c.cancel {
						time.AfterFunc(time.Second, cancel)
					}
				})
				c.check(t, err)
				if err == nil && (!tokens.Refresh.Equal(secret.New([]byte("r"))) || tokens.Name != "u1") {
					t.Errorf("the tokens are %+v", tokens)
				}
				if err != nil {
					holds(t, "the error", err.Error())
				}
				got.Expires = time.Time{}
				if diff := cmp.Diff(c.show, got); diff != "" {
					t.Errorf("shown (-want +got):\n%s", diff)
				}
				var polls []int
				for _, p := range d.polls {
					polls = append(polls, int(p/time.Second))
				}
				if diff := cmp.Diff(c.polls, polls); diff != "" {
					t.Errorf("polled after seconds (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func TestNoDevice(t *testing.T) {
	i := newIssuer(t)
	i.doc["device_authorization_endpoint"] = nil
	_, err := New(Options{}).Device(t.Context(), i.signIn(), func(Code) { t.Error("a code was shown") })
	if err == nil || !strings.Contains(err.Error(), "use the browser") {
		t.Errorf("got %v", err)
	}
	s := i.signIn()
	s.Params = map[string]string{"client_id": "x"}
	if _, err := New(Options{}).Device(t.Context(), s, nil); err == nil || !strings.Contains(err.Error(), "can't be set") {
		t.Errorf("got %v", err)
	}
}
