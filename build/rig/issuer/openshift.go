package issuer

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/binnacle-dev/binnacle/build/rig/certs"
)

// OpenShift is a fake of OpenShift's own OAuth server, and the only fake here:
// the real one runs nowhere but in OpenShift. It is as strict as that with the
// client of oc login --web: only 127.0.0.1 and ::1 may be redirected to, PKCE
// S256 is required, an access token is all there is, and it isn't a JWT. A real
// API server takes its tokens by the same webhook as OpenShift's does.
type OpenShift struct {
	Visitors

	URL      string // of the OAuth server
	CAPEM    []byte
	ClientID string // openshift-cli-client
	Users    []User // developer and kubeadmin

	server *http.Server
	served chan struct{}

	mu     sync.Mutex
	codes  map[string]request // by code; each good once
	tokens map[string]User
}

// request is one to sign in.
type request struct {
	redirect, challenge string
	user                User
}

// StartOpenShift runs the fake.
func StartOpenShift(ctx context.Context) (*OpenShift, error) {
	ca, err := certs.NewAuthority("ca of the fake openshift")
	if err != nil {
		return nil, err
	}
	pair, err := ca.TLS(certs.Leaf{Name: "oauth-openshift", Hosts: []string{"127.0.0.1", "::1", "localhost"}})
	if err != nil {
		return nil, err
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	o := &OpenShift{
		Visitors: Visitors{host: l.Addr().String(), trust: ca.Pool()},
		URL:      "https://" + l.Addr().String(), CAPEM: ca.PEM(), ClientID: "openshift-cli-client",
		Users: []User{
			{Name: "developer", Password: "developer-secret"},
			{Name: "kubeadmin", Password: "kubeadmin-secret", Groups: []string{"system:cluster-admins"}},
		},
		served: make(chan struct{}), codes: map[string]request{}, tokens: map[string]User{},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+WellKnownPath, func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, o.WellKnown()) })
	mux.HandleFunc("/oauth/authorize", o.authorize)
	mux.HandleFunc("POST /oauth/token", o.token)
	mux.HandleFunc("POST /review", o.review)
	o.server = &http.Server{
		Handler: mux, ReadHeaderTimeout: time.Minute, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12},
	}
	go func() {
		defer close(o.served)
		_ = o.server.ServeTLS(l, "", "") // ends by Close, with nothing to say
	}()
	return o, nil
}

// Close ends it and waits.
func (o *OpenShift) Close() {
	_ = o.server.Close() // and its listener; there is nobody to tell
	<-o.served
}

// WellKnownPath is where an OpenShift API server describes its OAuth server.
const WellKnownPath = "/.well-known/oauth-authorization-server"

// WellKnown is that description. The fake serves it itself, too.
func (o *OpenShift) WellKnown() map[string]any {
	return map[string]any{
		"issuer": o.URL, "authorization_endpoint": o.URL + "/oauth/authorize", "token_endpoint": o.URL + "/oauth/token",
		"scopes_supported":         []string{"user:check-access", "user:full", "user:info", "user:list-projects", "user:list-scoped-projects"},
		"response_types_supported": []string{"code", "token"}, "grant_types_supported": []string{"authorization_code", "implicit"},
		"code_challenge_methods_supported": []string{"plain", "S256"},
	}
}

// Whose says whose access token it is.
func (o *OpenShift) Whose(token string) (User, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	u, good := o.tokens[token]
	return u, good
}

// Revoke ends every access token.
func (o *OpenShift) Revoke() {
	o.mu.Lock()
	defer o.mu.Unlock()
	clear(o.tokens)
}

// WebhookKubeconfig is what an API server reads to ask the fake about tokens.
func (o *OpenShift) WebhookKubeconfig() []byte {
	return []byte(strings.TrimSpace(fmt.Sprintf(`
{"apiVersion": "v1", "kind": "Config", "current-context": "review",
 "clusters": [{"name": "openshift", "cluster": {"server": %q, "certificate-authority-data": %q}}],
 "users": [{"name": "apiserver", "user": {}}],
 "contexts": [{"name": "review", "context": {"cluster": "openshift", "user": "apiserver"}}]}
`, o.URL+"/review", base64.StdEncoding.EncodeToString(o.CAPEM))))
}

func answer(w http.ResponseWriter, code int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(v) // the client may be gone
}
