package controlplane

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"time"
)

// pki is everything that a cluster's parts trust each other by. It is made anew
// for each cluster and never outlives its folder.
type pki struct {
	ca      *authority // of the server and of the users
	front   *authority // of proxies that may speak for users
	account pair       // signs service account tokens; the "certificate" is the public key
}

// authority is a CA.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// pair is a certificate and its key, both PEM.
type pair struct{ cert, key []byte }

// leaf is a certificate to be: with hosts it is a server's, else a client's.
type leaf struct {
	name   string
	groups []string
	hosts  []string
	valid  time.Duration // 0: a year; below 0: it expired that long ago
}

func newPKI(cluster string) (*pki, error) {
	ca, err := newAuthority("ca of " + cluster)
	if err != nil {
		return nil, err
	}
	front, err := newAuthority("front proxy ca of " + cluster)
	if err != nil {
		return nil, err
	}
	account, err := signingPair()
	if err != nil {
		return nil, err
	}
	return &pki{ca: ca, front: front, account: account}, nil
}

func newAuthority(name string) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	t, err := template(name, -time.Hour, 365*24*time.Hour)
	if err != nil {
		return nil, err
	}
	t.IsCA = true
	t.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign | x509.KeyUsageDigitalSignature
	der, err := x509.CreateCertificate(rand.Reader, t, t, key.Public(), key)
	if err != nil {
		return nil, fmt.Errorf("make the certificate of %s: %w", name, err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("read the certificate of %s: %w", name, err)
	}
	return &authority{cert: cert, key: key}, nil
}

func template(name string, from, to time.Duration) (*x509.Certificate, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, fmt.Errorf("make a serial number: %w", err)
	}
	now := time.Now()
	return &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: name},
		NotBefore: now.Add(from), NotAfter: now.Add(to),
		BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature,
	}, nil
}

func (a *authority) certPEM() []byte { return encode("CERTIFICATE", a.cert.Raw) }

func (a *authority) issue(l leaf) (pair, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return pair{}, fmt.Errorf("make a key: %w", err)
	}
	from, to := -time.Hour, 364*24*time.Hour
	if l.valid > 0 {
		to = l.valid
	} else if l.valid < 0 {
		from, to = l.valid-24*time.Hour, l.valid
	}
	t, err := template(l.name, from, to)
	if err != nil {
		return pair{}, err
	}
	t.Subject.Organization = l.groups
	t.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	if len(l.hosts) > 0 {
		t.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	}
	for _, h := range l.hosts {
		if ip := net.ParseIP(h); ip != nil {
			t.IPAddresses = append(t.IPAddresses, ip)
		} else {
			t.DNSNames = append(t.DNSNames, h)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, t, a.cert, key.Public(), a.key)
	if err != nil {
		return pair{}, fmt.Errorf("make the certificate of %s: %w", l.name, err)
	}
	keyPEM, err := encodeKey(key)
	return pair{cert: encode("CERTIFICATE", der), key: keyPEM}, err
}

// signingPair makes the key pair of service account tokens.
func signingPair() (pair, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return pair{}, fmt.Errorf("make a key: %w", err)
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return pair{}, fmt.Errorf("encode a public key: %w", err)
	}
	keyPEM, err := encodeKey(key)
	return pair{cert: encode("PUBLIC KEY", public), key: keyPEM}, err
}

func encodeKey(key *ecdsa.PrivateKey) ([]byte, error) {
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("encode a key: %w", err)
	}
	return encode("EC PRIVATE KEY", der), nil
}

func encode(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}
