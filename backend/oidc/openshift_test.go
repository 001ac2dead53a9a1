package oidc

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

func kubeconfigOf(issuer string) kubeconfig.SignIn { return kubeconfig.SignIn{Issuer: issuer} }

func TestOpenShiftOf(t *testing.T) {
	const good = `{"issuer":"https://oauth.example.com","authorization_endpoint":"https://oauth.example.com/oauth/authorize",` +
		`"token_endpoint":"https://oauth.example.com/oauth/token","scopes_supported":["user:full"],"code_challenge_methods_supported":["plain","S256"]}`
	var path string
	of := func(body string, err error) (kubeconfig.SignIn, error) {
		return New(Options{}).OpenShiftOf(t.Context(), func(p string) ([]byte, error) {
			path = p
			return []byte(body), err
		})
	}
	got, err := of(good, nil)
	want := kubeconfig.SignIn{
		Flow: kubeconfig.FlowOpenShift, Issuer: "https://oauth.example.com", ClientID: "openshift-cli-client", RedirectHost: "127.0.0.1", AccessToken: true,
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(secret.Value.Equal)); err != nil || diff != "" || path != "/.well-known/oauth-authorization-server" {
		t.Errorf("%v from %s (-want +got):\n%s", err, path, diff)
	}
	gone := errors.New("404")
	if _, err := of("", gone); !errors.Is(err, gone) {
		t.Errorf("a cluster without it gave %v", err)
	}
	for name, bad := range map[string]string{
		"no JSON": "<html>", "empty": "{}", "other token": strings.Replace(good, "com/oauth/token", "org/oauth/token", 1),
		"other page": strings.Replace(good, "com/oauth/authorize", "org/oauth/authorize", 1), "script": strings.ReplaceAll(good, "https:", "javascript:"),
		"huge": strings.Repeat(" ", maxBody) + good,
	} {
		if _, err := of(bad, nil); !errors.Is(err, errNoOpenShift) {
			t.Errorf("%s gave %v", name, err)
		}
	}
}

// TestOpenShift signs in at a fake of OpenShift's OAuth server, which does what osin does: a client without a secret shows itself in a
// header, the verifier must fit, and the answer holds an access token only.
func TestOpenShift(t *testing.T) {
	challenge := ""
	mux := http.NewServeMux()
	mux.HandleFunc("GET /oauth/authorize", func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		if q.Get("client_id") != openShiftClient || q.Has("nonce") || q.Has("scope") || q.Get("code_challenge_method") != "S256" {
			t.Errorf("asked by %v", q)
		}
		challenge = q.Get("code_challenge")
		back, err := url.Parse(q.Get("redirect_uri"))
		if err != nil || back.Hostname() != "127.0.0.1" || back.Path != "/callback" {
			t.Errorf("the redirect is %s", back)
		}
		http.Redirect(w, r, back.String()+"?code=sha256~c&state="+q.Get("state"), http.StatusFound)
	})
	mux.HandleFunc("POST /oauth/token", func(w http.ResponseWriter, r *http.Request) {
		id, pass, ok := r.BasicAuth()
		sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
		if !ok || id != openShiftClient || pass != "" || r.PostForm.Has("client_secret") || r.FormValue("code") != "sha256~c" ||
			base64.RawURLEncoding.EncodeToString(sum[:]) != challenge {
			t.Errorf("asked for a token by %v %v", r.Header, r.PostForm)
		}
		fmt.Fprint(w, `{"access_token":"sha256~token","expires_in":86400,"scope":"user:full","token_type":"Bearer"}`)
	})
	server := httptest.NewTLSServer(mux)
	defer server.Close()
	c := New(Options{Open: (&issuer{t: t, server: server}).person().open})
	s, err := c.OpenShiftOf(t.Context(), func(string) ([]byte, error) {
		return json.Marshal(map[string]any{
			"issuer": server.URL, "authorization_endpoint": server.URL + "/oauth/authorize", "token_endpoint": server.URL + "/oauth/token",
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	s.IssuerCA = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	got, err := c.Browser(t.Context(), s, silent)
	if err != nil {
		t.Fatal(err)
	}
	proof := got.Proof(s)
	if left := time.Until(proof.Expires); text(proof.Token) != "sha256~token" || left < 23*time.Hour || left > 24*time.Hour || !got.Refresh.Empty() {
		t.Errorf("the proof is %+v", proof)
	}
	if _, err := c.Refresh(t.Context(), s, got); !errors.Is(err, ErrEnded) {
		t.Errorf("a refresh gave %v", err)
	}
	if err := c.Revoke(t.Context(), s, got); !errors.Is(err, ErrCannotRevoke) {
		t.Errorf("a revocation gave %v", err)
	}
	if _, err := c.Device(t.Context(), s, nil); err == nil || !strings.Contains(err.Error(), "use the browser") {
		t.Errorf("a code gave %v", err)
	}
}
