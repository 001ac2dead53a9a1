package kubeconfig

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

const (
	// An RSA key of 8,192 bits has 4.7 KB. Checking a key costs the cube of its length, and a file may hold thousands.
	maxKeyDER = 6 << 10
	soon      = 7 * 24 * time.Hour
)

// bundle is the certificates of one PEM text, in its order, and nothing else of it: such files may hold the key, too.
type bundle struct {
	certificates []*x509.Certificate
	pem          []byte
	broken       int // certificates that can't be read
}

// parseCertificates passes over what is no readable certificate, as the TLS stack does. Its error follows the name of a field.
func parseCertificates(v secret.Value) (bundle, error) {
	var b bundle
	for rest := v.Reveal(); ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type != "CERTIFICATE" {
			continue
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			b.broken++
			continue
		}
		b.certificates = append(b.certificates, c)
		b.pem = append(b.pem, pem.EncodeToMemory(&pem.Block{Type: block.Type, Bytes: c.Raw})...)
	}
	switch {
	case len(b.certificates) > 0:
		return b, nil
	case b.broken > 0:
		return b, errors.New("holds a certificate that can't be read")
	default:
		return b, errors.New("holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)")
	}
}

// fingerprint is the same for the same set of certificates, whatever their order; for one it is what openssl prints.
func (b bundle) fingerprint() string {
	var all [][]byte
	for _, c := range b.certificates {
		all = append(all, c.Raw)
	}
	slices.SortFunc(all, bytes.Compare)
	h := sha256.New()
	for _, der := range slices.CompactFunc(all, bytes.Equal) {
		_, _ = h.Write(der)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// caFlags judges certificates that are to vouch for a server.
func (b bundle) caFlags(now time.Time) []Flag {
	var flags []Flag
	var signs, lives int
	var last time.Time
	for _, c := range b.certificates {
		if c.BasicConstraintsValid && c.IsCA || c.Version < 3 {
			signs++
		}
		if now.Before(c.NotAfter) {
			lives++
		}
		if c.NotAfter.After(last) {
			last = c.NotAfter
		}
	}
	if signs == 0 {
		flags = append(flags, Flag{FlagNotCA, SeverityWarning, "Not a certificate authority", "The certificate-authority is the certificate of " +
			quoted(b.certificates[0].Subject.CommonName) + ", which may not sign others. It works only if the server shows this very certificate."})
	}
	if lives == 0 {
		flags = append(flags, Flag{FlagExpired, SeverityDanger, "Certificate authority expired", "It ended " + day(last) + ": the server can't be verified. Get a new kubeconfig."})
	}
	if b.broken > 0 {
		flags = append(flags, Flag{FlagIgnored, SeverityInfo, "Unreadable certificate", "Some of the certificate authorities can't be read and are left out."})
	}
	return flags
}

// lifeFlags judges when a credential ("Client certificate", "Token") begins and ends. Zero times are unknown.
func lifeFlags(what string, begins, ends, now time.Time) []Flag {
	switch {
	case !ends.IsZero() && !now.Before(ends):
		return []Flag{{FlagExpired, SeverityDanger, what + " expired", "It ended " + day(ends) + ". Get a new kubeconfig."}}
	case !begins.IsZero() && now.Before(begins):
		return []Flag{{FlagNotYet, SeverityWarning, what + " not valid yet", "It begins " + day(begins) + ". Check this computer's clock."}}
	case !ends.IsZero() && ends.Sub(now) < soon:
		return []Flag{{FlagExpiring, SeverityWarning, what + " ends soon", "It ends " + day(ends) + "."}}
	}
	return nil
}

func day(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// parseKey takes the kinds of key that TLS takes, and gives the key alone, in PEM.
func parseKey(v secret.Value) (public crypto.PublicKey, keyPEM secret.Value, err error) {
	for rest := v.Reveal(); ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return nil, keyPEM, errors.New("holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)")
		}
		if block.Type != "PRIVATE KEY" && !strings.HasSuffix(block.Type, " PRIVATE KEY") {
			continue
		}
		if block.Type == "ENCRYPTED PRIVATE KEY" || block.Headers["DEK-Info"] != "" {
			return nil, keyPEM, errors.New("is locked with a passphrase; unlock it first, for example with \"openssl pkey\"")
		}
		signer := parseSigner(block.Bytes)
		if signer == nil {
			return nil, keyPEM, errors.New("holds a private key that can't be read")
		}
		return signer.Public(), secret.New(pem.EncodeToMemory(&pem.Block{Type: block.Type, Bytes: block.Bytes})), nil
	}
}

// parseSigner gives nil for what is no key; the errors of the parsers are of no use to a person.
func parseSigner(der []byte) crypto.Signer {
	if len(der) > maxKeyDER {
		return nil
	}
	if key, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		signer, _ := key.(crypto.Signer)
		return signer
	}
	if key, err := x509.ParseECPrivateKey(der); err == nil {
		return key
	}
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return key
	}
	return nil
}

func keyFits(public crypto.PublicKey, c *x509.Certificate) bool {
	key, ok := public.(interface{ Equal(x crypto.PublicKey) bool })
	return ok && key.Equal(c.PublicKey)
}
