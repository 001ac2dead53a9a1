package lookup

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"strings"
	"time"
)

const (
	maxChain = 5
	maxNames = 20
)

// TLS is how far a server's certificate can be trusted, with what a person needs to decide.
type TLS struct {
	Chain    []Certificate // as the server sends it, its own first
	Trusted  Trusted
	Problems []Problem // what keeps a connection from being made; empty when nothing does
	Names    []string  // what the certificate is for: one of them can be the credential's TLSName when the host isn't among them
	Pin      *Pin      // with ProblemUnknownCA alone or beside ProblemName: what to trust so that the credential verifies
}

// Trusted is who vouches for the server; a closed set.
type Trusted string

// Who vouches.
const (
	TrustedBySystem Trusted = "system"
	TrustedByGiven  Trusted = "given" // Options.CAPEM
	TrustedByNobody Trusted = ""
)

// Problem is a closed set.
type Problem string

// The problems.
const (
	ProblemUnknownCA Problem = "unknownCA"
	ProblemName      Problem = "name"    // the certificate is for other names
	ProblemExpired   Problem = "expired" // it, or one that it rests on
	ProblemNotYet    Problem = "notYet"  // often this machine's clock is wrong
	ProblemInvalid   Problem = "invalid" // not even trusting it would help
)

// Certificate is one certificate in words.
type Certificate struct {
	Subject, Issuer     string
	SHA256              string // hex over its DER, as openssl prints it but without colons; a Pin's Endpoint.CA
	KeySHA256           string // hex over its public key: kubeadm's discovery-token-ca-cert-hash
	NotBefore, NotAfter time.Time
	CA, SelfSigned      bool
}

// Pin is one certificate to trust for one member.
type Pin struct {
	Kind   PinKind
	PEM    []byte
	SHA256 string
}

// PinKind is a closed set.
type PinKind string

// The kinds of Pin: see the package comment.
const (
	PinCA   PinKind = "ca"
	PinLeaf PinKind = "leaf"
)

// judge says what is to be thought of a connection to host.
func (l *looker) judge(state *tls.ConnectionState, host string, info *ClusterInfo) *TLS {
	now := l.o.now()
	if l.o.TLSName != "" {
		host = l.o.TLSName
	}
	chain := state.PeerCertificates
	leaf := chain[0]
	t := &TLS{Names: names(leaf)}
	for _, c := range chain[:min(len(chain), maxChain)] {
		t.Chain = append(t.Chain, describe(c))
	}
	if leaf.VerifyHostname(host) != nil {
		t.Problems = append(t.Problems, ProblemName)
	}
	roots, by := l.o.roots, TrustedBySystem // nil: the system's
	if len(l.o.CAPEM) > 0 {
		roots, by = x509.NewCertPool(), TrustedByGiven
		roots.AppendCertsFromPEM(l.o.CAPEM)
	}
	err := verify(chain, roots, now)
	if err == nil {
		t.Trusted = by
	} else {
		t.distrust(chain, err, now)
	}
	if info != nil && info.CAPEM != nil {
		info.Issued = verify(chain, pool(firstCertificate(info.CAPEM)), now) == nil
	}
	return t
}

// distrust finds out why verifying failed, and what would help.
func (t *TLS) distrust(chain []*x509.Certificate, err error, now time.Time) {
	if e, ok := errors.AsType[x509.CertificateInvalidError](err); ok && e.Reason == x509.Expired {
		problem := ProblemExpired
		if e.Cert != nil && now.Before(e.Cert.NotBefore) {
			problem = ProblemNotYet
		}
		t.Problems = append(t.Problems, problem)
		return
	}
	if t.Pin = findPin(chain, now); t.Pin == nil {
		t.Problems = append(t.Problems, ProblemInvalid)
		return
	}
	t.Problems = append(t.Problems, ProblemUnknownCA)
}

// findPin gives the narrowest certificate that vouches for the server beyond its next renewal, else the server's own; nil when neither verifies.
func findPin(chain []*x509.Certificate, now time.Time) *Pin {
	for _, c := range chain[1:min(len(chain), maxChain)] {
		if c.IsCA && chain[0].CheckSignatureFrom(c) == nil && verify(chain, pool(c), now) == nil {
			return pin(PinCA, c)
		}
	}
	if verify(chain[:1], pool(chain[0]), now) == nil {
		return pin(PinLeaf, chain[0])
	}
	return nil
}

func pin(kind PinKind, c *x509.Certificate) *Pin {
	return &Pin{kind, encode(c), describe(c).SHA256}
}

// verify is what client-go will do, but for the name: that has a remedy of its own.
func verify(chain []*x509.Certificate, roots *x509.CertPool, now time.Time) error {
	_, err := chain[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: pool(chain[1:]...), CurrentTime: now})
	return err
}

func pool(certificates ...*x509.Certificate) *x509.CertPool {
	p := x509.NewCertPool()
	for _, c := range certificates {
		p.AddCert(c)
	}
	return p
}

func describe(c *x509.Certificate) Certificate {
	sum, key := sha256.Sum256(c.Raw), sha256.Sum256(c.RawSubjectPublicKeyInfo)
	return Certificate{
		Subject: shown(c.Subject.String()), Issuer: shown(c.Issuer.String()), SHA256: hex.EncodeToString(sum[:]), KeySHA256: hex.EncodeToString(key[:]),
		NotBefore: c.NotBefore.UTC(), NotAfter: c.NotAfter.UTC(), CA: c.BasicConstraintsValid && c.IsCA,
		SelfSigned: c.Subject.String() == c.Issuer.String() && c.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil,
	}
}

func names(c *x509.Certificate) []string {
	var all []string
	for _, name := range c.DNSNames {
		all = append(all, shown(name))
	}
	for _, ip := range c.IPAddresses {
		all = append(all, ip.String())
	}
	return all[:min(len(all), maxNames)]
}

func encode(c *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
}

// firstCertificate is the first readable one of a PEM text, or nil.
func firstCertificate(text []byte) *x509.Certificate {
	for {
		var block *pem.Block
		if block, text = pem.Decode(text); block == nil {
			return nil
		}
		if c, err := x509.ParseCertificate(block.Bytes); err == nil && strings.HasSuffix(block.Type, "CERTIFICATE") {
			return c
		}
	}
}
