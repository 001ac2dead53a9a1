package lookup

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

func TestMain(m *testing.M) { kubetest.Main(m) }

// issued is a certificate with its key.
type issued struct {
	leaf *x509.Certificate
	key  *ecdsa.PrivateKey
}

func (i *issued) pem() []byte { return encode(i.leaf) }

// issue makes a certificate for the server "shop": signed by ca, or by itself when ca is nil.
func issue(tb testing.TB, ca *issued, change func(*x509.Certificate)) *issued {
	tb.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	serial, _ := rand.Int(rand.Reader, big.NewInt(1<<62))
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "kube-apiserver"}, DNSNames: []string{"shop", "kubernetes"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true,
	}
	if change != nil {
		change(template)
	}
	parent, signer := template, key
	if ca != nil {
		parent, signer = ca.leaf, ca.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		tb.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		tb.Fatal(err)
	}
	return &issued{leaf, key}
}

func authority(tb testing.TB, above *issued, name string) *issued {
	tb.Helper()
	return issue(tb, above, func(c *x509.Certificate) {
		c.Subject, c.DNSNames = pkix.Name{CommonName: name}, nil
		c.IsCA, c.KeyUsage, c.ExtKeyUsage = true, x509.KeyUsageCertSign, nil
	})
}

// place is a small internet: names and ports, and what is there.
type place struct {
	tb       testing.TB
	at       map[string]string // "shop:443" to the address of a listener, or to a black hole
	requests atomic.Int32
}

const blackHole = "black hole"

func newPlace(tb testing.TB) *place {
	tb.Helper()
	return &place{tb: tb, at: map[string]string{}}
}

func (p *place) dial(ctx context.Context, network, address string) (net.Conn, error) {
	to, ok := p.at[address]
	switch {
	case !ok:
		return nil, &net.OpError{Op: "dial", Net: network, Err: syscall.ECONNREFUSED}
	case to == blackHole:
		<-ctx.Done()
		return nil, &net.OpError{Op: "dial", Net: network, Err: ctx.Err()}
	}
	return (&net.Dialer{}).DialContext(ctx, network, to)
}

// serve puts a server at an address: with TLS when there is a certificate, which may be followed by the rest of its chain.
func (p *place) serve(address string, handler http.Handler, chain ...*issued) {
	p.tb.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.requests.Add(1)
		for _, name := range []string{"Authorization", "Cookie"} {
			if r.Header.Get(name) != "" {
				p.tb.Errorf("a request carries %s", name)
			}
		}
		handler.ServeHTTP(w, r)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	if len(chain) == 0 {
		server.Start()
	} else {
		certificate := tls.Certificate{PrivateKey: chain[0].key}
		for _, c := range chain {
			certificate.Certificate = append(certificate.Certificate, c.leaf.Raw)
		}
		server.TLS = &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{certificate}}
		server.StartTLS()
	}
	p.tb.Cleanup(server.Close)
	p.at[address] = server.Listener.Addr().String()
}

// look is Look on that internet, where ca is what the system trusts.
func (p *place) look(typed string, ca *issued, change ...func(*Options)) (Found, error) {
	p.tb.Helper()
	p.requests.Store(0)
	o := Options{roots: x509.NewCertPool(), dial: p.dial, UserAgent: "binnacle/test", Proxy: func(*http.Request) (*url.URL, error) { return nil, nil }} //nolint:nilnil // no proxy
	if ca != nil {
		o.roots.AddCert(ca.leaf)
	}
	for _, c := range change {
		c(&o)
	}
	f, err := Look(p.tb.Context(), typed, o)
	if n := p.requests.Load(); n > maxRequests {
		p.tb.Errorf("%d requests", n)
	}
	return f, err
}

func (p *place) mustLook(typed string, ca *issued, change ...func(*Options)) Found {
	p.tb.Helper()
	f, err := p.look(typed, ca, change...)
	if err != nil {
		p.tb.Fatal(err)
	}
	return f
}

// page is one answer.
type page struct {
	status int
	kind   string
	body   string
}

const (
	asJSON = "application/json"
	asHTML = "text/html"
)

// site answers paths; for any other, "" answers, else 404.
type site map[string]page

func (s site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p, ok := s[r.URL.Path]
	if !ok {
		if p, ok = s[""]; !ok {
			p = page{http.StatusNotFound, "text/plain", "not found"}
		}
	}
	w.Header().Set("Content-Type", p.kind)
	w.WriteHeader(p.status)
	_, _ = io.WriteString(w, p.body)
}

const (
	version      = `{"major":"1","minor":"33","gitVersion":"v1.33.4"}`
	unauthorized = `{"kind":"Status","apiVersion":"v1","status":"Failure","message":"Unauthorized","code":401}`
)

func apiServer() site {
	return site{"/version": {200, asJSON, version}, "": {403, asJSON, unauthorized}}
}

func pemOf(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}
