package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/binnacle-dev/binnacle/build/rig/certs"
	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

const clientID = "soak"

// issuer signs ID tokens that a real API server takes. There is nobody to sign in: it is the tokens that matter here.
type issuer struct {
	url    string
	ca     []byte
	key    *ecdsa.PrivateKey
	server *http.Server
}

func newIssuer(ctx context.Context) (*issuer, error) {
	authority, err := certs.NewAuthority("soak issuer")
	if err != nil {
		return nil, err
	}
	pair, err := authority.Issue(certs.Leaf{Name: "issuer", Hosts: []string{"127.0.0.1"}})
	if err != nil {
		return nil, err
	}
	certificate, err := tls.X509KeyPair(pair.Cert, pair.Key)
	if err != nil {
		return nil, fmt.Errorf("the issuer's certificate: %w", err)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("start the issuer: %w", err)
	}
	i := &issuer{url: "https://" + listener.Addr().String(), ca: authority.PEM()}
	if i.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	i.server = &http.Server{
		Handler: i.pages(), ReadHeaderTimeout: time.Minute,
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12},
	}
	go func() { _ = i.server.ServeTLS(listener, "", "") }() // ends by Close, with nothing to say
	return i, nil
}

func (i *issuer) trusted() controlplane.Issuer {
	return controlplane.Issuer{URL: i.url, CAPEM: i.ca, Audiences: []string{clientID}}
}

func (i *issuer) pages() http.Handler {
	point := make([]byte, 64)
	i.key.X.FillBytes(point[:32])
	i.key.Y.FillBytes(point[32:])
	pages := http.NewServeMux()
	for path, page := range map[string]any{
		"/.well-known/openid-configuration": map[string]any{
			"issuer": i.url, "jwks_uri": i.url + "/keys", "authorization_endpoint": i.url + "/auth", "token_endpoint": i.url + "/token",
			"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
			"id_token_signing_alg_values_supported": []string{"ES256"},
		},
		"/keys": map[string]any{"keys": []any{map[string]string{
			"kty": "EC", "use": "sig", "alg": "ES256", "kid": "1", "crv": "P-256", "x": coded(point[:32]), "y": coded(point[32:]),
		}}},
	} {
		pages.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(page) // who asked may be gone
		})
	}
	return pages
}

// token is an ID token for the user, good until then.
func (i *issuer) token(user string, until time.Time) ([]byte, error) {
	claims, err := json.Marshal(map[string]any{
		"iss": i.url, "aud": clientID, "sub": user, "email": user, "email_verified": true,
		"iat": time.Now().Unix(), "exp": until.Unix(),
	})
	if err != nil {
		return nil, fmt.Errorf("encode a token: %w", err)
	}
	text := coded([]byte(`{"alg":"ES256","kid":"1"}`)) + "." + coded(claims)
	sum := sha256.Sum256([]byte(text))
	r, s, err := ecdsa.Sign(rand.Reader, i.key, sum[:])
	if err != nil {
		return nil, fmt.Errorf("sign a token: %w", err)
	}
	signature := make([]byte, 64)
	r.FillBytes(signature[:32])
	s.FillBytes(signature[32:])
	return []byte(text + "." + coded(signature)), nil
}

func coded(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
