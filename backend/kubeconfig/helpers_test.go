package kubeconfig

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"
)

// pair of certificate and key in PEM.
type issued struct {
	cert, key []byte
	leaf      *x509.Certificate
	signer    *ecdsa.PrivateKey
}

func b64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// issue makes a certificate: signed by ca, or by itself when ca is nil. Change what differs from a good client certificate of one year.
func issue(tb testing.TB, ca *issued, change func(*x509.Certificate)) *issued {
	tb.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	serial, _ := rand.Int(rand.Reader, big.NewInt(1<<62))
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "alice", Organization: []string{"dev", "ops"}},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(365 * 24 * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}, BasicConstraintsValid: true,
	}
	if change != nil {
		change(template)
	}
	parent, signer := template, key
	if ca != nil {
		parent, signer = ca.leaf, ca.signer
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		tb.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		tb.Fatal(err)
	}
	keyDER, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		tb.Fatal(err)
	}
	return &issued{
		cert: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		key:  pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: keyDER}),
		leaf: leaf, signer: key,
	}
}

func authority(tb testing.TB) *issued {
	tb.Helper()
	return issue(tb, nil, func(c *x509.Certificate) {
		c.Subject = pkix.Name{CommonName: "kubernetes"}
		c.IsCA, c.KeyUsage, c.ExtKeyUsage = true, x509.KeyUsageCertSign, nil
	})
}

func serverCert(c *x509.Certificate) {
	c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
}

// one is a kubeconfig of one context; cluster and user are the lines of their bodies.
func one(cluster, user string) string {
	indent := func(s string) string {
		return strings.ReplaceAll("\n"+strings.TrimSpace(s), "\n", "\n    ")
	}
	return fmt.Sprintf(`apiVersion: v1
kind: Config
current-context: me@shop
contexts:
- name: me@shop
  context: {cluster: shop, user: me, namespace: till}
clusters:
- name: shop
  cluster:%s
users:
- name: me
  user:%s
`, indent(cluster), indent(user))
}

const (
	goodServer = "server: https://shop.example.com:6443"
	goodToken  = "token: opaque-token-of-alice"
)

func jwt(claims map[string]any) string {
	body, _ := json.Marshal(claims)
	enc := base64.RawURLEncoding.EncodeToString
	return enc([]byte(`{"alg":"RS256"}`)) + "." + enc(body) + "." + enc([]byte("signature-of-the-token"))
}

func mustParse(tb testing.TB, text, source string) *File {
	tb.Helper()
	f, err := Parse([]byte(text), source)
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

// only is the one context of a text.
func only(tb testing.TB, text string) Context {
	tb.Helper()
	f := mustParse(tb, text, "/home/me/.kube/config")
	if len(f.Contexts) != 1 {
		tb.Fatalf("%d contexts, want 1", len(f.Contexts))
	}
	return f.Contexts[0]
}

func mustCredential(tb testing.TB, c Context, read func(string) ([]byte, error)) Credential {
	tb.Helper()
	cred, err := c.Credential(read)
	if err != nil {
		tb.Fatal(err)
	}
	return cred
}

func flagOf(c Context, kind FlagKind) (Flag, bool) {
	for _, f := range c.Flags {
		if f.Kind == kind {
			return f, true
		}
	}
	return Flag{}, false
}
