package oidc

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// issuer is a small identity provider that is strict with its clients, and lies where a test says so.
type issuer struct {
	t      *testing.T
	server *httptest.Server
	mux    *http.ServeMux
	key    *ecdsa.PrivateKey

	mu       sync.Mutex
	doc      map[string]any             // discovery document; tests change it before the first request
	claims   map[string]any             // put over those of each ID token; nil removes one
	grant    map[string]any             // put over each answer of the token endpoint
	sign     func(claims []byte) string // "" for ours
	refuse   func(form url.Values) string
	asked    map[string]url.Values // code -> what the browser was sent with
	refresh  string                // the one valid refresh token
	requests []string
}

const (
	clientID     = "binnacle"
	clientSecret = "s3cret/with:odd chars"
)

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{t: t, key: key, mux: http.NewServeMux(), asked: map[string]url.Values{}, refresh: "refresh-0"}
	i.server = httptest.NewTLSServer(i)
	t.Cleanup(i.server.Close)
	base := i.server.URL
	i.doc = map[string]any{
		"issuer": base, "authorization_endpoint": base + "/authorize", "token_endpoint": base + "/token", "jwks_uri": base + "/jwks",
		"revocation_endpoint": base + "/revoke", "device_authorization_endpoint": base + "/code",
		"id_token_signing_alg_values_supported": []string{"ES256", "HS256", "none"}, "scopes_supported": []string{"openid", "groups"},
		"authorization_response_iss_parameter_supported": true,
	}
	i.mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) { i.json(w, 200, i.doc) })
	i.mux.HandleFunc("GET /jwks", i.serveKeys)
	i.mux.HandleFunc("GET /authorize", i.authorize)
	i.mux.HandleFunc("POST /token", i.token)
	return i
}

func (i *issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.requests = append(i.requests, r.Method+" "+r.URL.Path)
	i.mux.ServeHTTP(w, r)
}

// signIn is a member's sign-in at this issuer.
func (i *issuer) signIn() kubeconfig.SignIn {
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: i.server.Certificate().Raw})
	return kubeconfig.SignIn{Flow: kubeconfig.FlowBrowser, Issuer: i.server.URL, ClientID: clientID, IssuerCA: ca, Scopes: []string{"groups"}}
}

func (i *issuer) json(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		i.t.Error(err)
	}
}

func (i *issuer) serveKeys(w http.ResponseWriter, _ *http.Request) {
	i.json(w, 200, map[string]any{"keys": []any{
		map[string]any{"kty": "of the future", "kid": "new"},
		jose.JSONWebKey{Key: i.key.Public(), KeyID: "k1", Algorithm: "ES256", Use: "sig"},
	}})
}

// authorize is the page where people sign in; here everybody is, at once.
func (i *issuer) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	back, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || back.Scheme != "http" || back.Path != "/callback" || back.Port() == "" || q.Get("response_type") != "code" ||
		q.Get("client_id") != clientID || !strings.HasPrefix(q.Get("scope")+" ", "openid ") || len(q.Get("state")) < 20 ||
		len(q.Get("nonce")) < 20 || q.Get("code_challenge_method") != "S256" || len(q.Get("code_challenge")) != 43 {
		i.t.Errorf("a bad request for a sign-in: %v", q)
		http.Error(w, "bad", 400)
		return
	}
	answer := url.Values{"state": q["state"], "iss": {i.server.URL}}
	if i.refuse != nil && i.refuse(q) != "" {
		answer.Set("error", i.refuse(q))
		answer.Set("error_description", "no\u202e way")
	} else {
		answer.Set("code", rand.Text())
		i.asked[answer.Get("code")] = q
	}
	back.RawQuery = answer.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

func (i *issuer) token(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		i.t.Error(err)
	}
	f := r.PostForm
	if f.Get("client_id") != clientID {
		i.t.Errorf("a client that shows itself as %q", f.Get("client_id"))
	}
	if i.refuse != nil && i.refuse(f) != "" {
		i.json(w, 400, map[string]any{"error": i.refuse(f), "error_description": "because\x00"})
		return
	}
	claims := map[string]any{}
	switch f.Get("grant_type") {
	case "authorization_code":
		asked, ok := i.asked[f.Get("code")]
		delete(i.asked, f.Get("code"))
		sum := sha256.Sum256([]byte(f.Get("code_verifier")))
		if !ok || asked.Get("redirect_uri") != f.Get("redirect_uri") || asked.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(sum[:]) {
			i.json(w, 400, map[string]any{"error": "invalid_grant"})
			return
		}
		claims["nonce"] = asked.Get("nonce")
	case "refresh_token":
		if f.Get("refresh_token") != i.refresh {
			i.json(w, 400, map[string]any{"error": "invalid_grant", "error_description": "used already"})
			return
		}
		i.refresh += "+"
	}
	i.grantTo(w, claims)
}

func (i *issuer) grantTo(w http.ResponseWriter, claims map[string]any) {
	maps.Copy(claims, map[string]any{
		"iss": i.server.URL, "aud": clientID, "sub": "u1", "exp": time.Now().Add(time.Hour).Unix(), "iat": time.Now().Unix(),
		"email": "ana@example.com", "groups": []string{"dev", "ops"},
	})
	override(claims, i.claims)
	answer := map[string]any{
		"token_type": "bearer", "access_token": "access-" + rand.Text(), "refresh_token": i.refresh, "expires_in": "600", "id_token": i.idToken(claims),
	}
	override(answer, i.grant)
	i.json(w, 200, answer)
}

func override(m, with map[string]any) {
	for k, v := range with {
		if m[k] = v; v == nil {
			delete(m, k)
		}
	}
}

func (i *issuer) idToken(claims map[string]any) string {
	payload, err := json.Marshal(claims)
	if err != nil {
		i.t.Error(err)
	}
	if i.sign != nil {
		return i.sign(payload)
	}
	return signed(i.t, jose.ES256, i.key, "k1", payload)
}

func signed(t *testing.T, alg jose.SignatureAlgorithm, key any, kid string, payload []byte) string {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: jose.JSONWebKey{Key: key, KeyID: kid}}, nil)
	if err != nil {
		t.Error(err)
		return ""
	}
	token, err := signer.Sign(payload)
	if err != nil {
		t.Error(err)
		return ""
	}
	text, err := token.CompactSerialize()
	if err != nil {
		t.Error(err)
	}
	return text
}

// person is somebody with a browser. It goes where it is sent, and shows what it saw last.
type person struct {
	t     *testing.T
	http  *http.Client
	going sync.WaitGroup

	mu   sync.Mutex
	sent []string // addresses that the browser was opened at
	seen []seen
}

type seen struct {
	status int
	header http.Header
	text   string
}

func (i *issuer) person() *person {
	p := &person{t: i.t, http: i.server.Client()}
	i.t.Cleanup(p.http.CloseIdleConnections)
	return p
}

// open is the system's browser: it is asked, and goes by itself.
func (p *person) open(_ context.Context, address string) error {
	p.mu.Lock()
	p.sent = append(p.sent, address)
	p.mu.Unlock()
	p.going.Go(func() { p.visit(address) })
	return nil
}

func (p *person) visit(address string) seen {
	resp, err := p.http.Get(address)
	if err != nil {
		p.t.Errorf("the browser: %v", err)
		return seen{}
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Error(err)
	}
	s := seen{resp.StatusCode, resp.Header, string(text)}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen = append(p.seen, s)
	return s
}

// last is what stands in the browser once it has loaded.
func (p *person) last() seen {
	p.going.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.seen) == 0 {
		return seen{}
	}
	return p.seen[len(p.seen)-1]
}

func silent(Progress) {}

// holds looks for a token or secret in what could be shown or logged.
func holds(t *testing.T, where string, texts ...string) {
	t.Helper()
	for _, s := range texts {
		for _, hidden := range []string{"access-", "refresh-0", clientSecret, "eyJ"} {
			if strings.Contains(s, hidden) {
				t.Errorf("%s shows %s: %s", where, hidden, s)
			}
		}
	}
}

func isClean(s string) bool { return !bytes.ContainsAny([]byte(s), "\x00\u202e\x1b") }

// set changes how the issuer behaves.
func (i *issuer) set(change func()) {
	i.mu.Lock()
	defer i.mu.Unlock()
	change()
}

// wrapToken looks at requests of the token endpoint.
func (i *issuer) wrapToken(look func(*http.Request)) {
	inner := i.mux
	i.mux = http.NewServeMux()
	i.mux.Handle("/", inner)
	i.mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) {
		look(r)
		inner.ServeHTTP(w, r)
	})
}

// answerToken replaces the token endpoint.
func (i *issuer) answerToken(answer func(http.ResponseWriter)) {
	inner := i.mux
	i.mux = http.NewServeMux()
	i.mux.Handle("/", inner)
	i.mux.HandleFunc("POST /token", func(w http.ResponseWriter, _ *http.Request) { answer(w) })
}

// count is how often something was asked.
func (i *issuer) count(request string) int {
	i.mu.Lock()
	defer i.mu.Unlock()
	n := 0
	for _, r := range i.requests {
		if r == request {
			n++
		}
	}
	return n
}

// likeDex moves the endpoints to where Dex has them.
func (i *issuer) likeDex() {
	base := i.server.URL
	override(i.doc, map[string]any{
		"authorization_endpoint": base + "/auth", "token_endpoint": base + "/token", "jwks_uri": base + "/keys", "userinfo_endpoint": base + "/userinfo",
	})
	i.mux.HandleFunc("GET /auth", i.authorize)
	i.mux.HandleFunc("GET /keys", i.serveKeys)
}
