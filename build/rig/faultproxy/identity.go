package faultproxy

import (
	"crypto/x509"
	"fmt"
	"net/http"
	"strings"
)

const (
	remotePrefix = "X-Remote-"
	userHeader   = remotePrefix + "User"
	groupHeader  = remotePrefix + "Group"
)

// identity is who a client certificate names; nobody if there is none.
type identity struct {
	name   string
	groups []string
}

// identify checks the client certificate as the real server would.
func (p *Proxy) identify(r *http.Request) (identity, error) {
	if len(r.TLS.PeerCertificates) == 0 {
		return identity{}, nil
	}
	cert := r.TLS.PeerCertificates[0]
	_, err := cert.Verify(x509.VerifyOptions{Roots: p.options.CA, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}})
	if err != nil {
		return identity{}, fmt.Errorf("check the client certificate: %w", err)
	}
	return identity{name: cert.Subject.CommonName, groups: cert.Subject.Organization}, nil
}

// speakFor names the user to the real server. Nobody else may name one.
func speakFor(r *http.Request, user identity) {
	for name := range r.Header {
		if strings.HasPrefix(name, remotePrefix) {
			r.Header.Del(name)
		}
	}
	if user.name != "" {
		r.Header.Set(userHeader, user.name)
		r.Header[groupHeader] = user.groups
	}
}
