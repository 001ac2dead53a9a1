package fleet

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// certificateWords is for a server's certificate that can't be trusted.
func certificateWords(err error, now time.Time) string {
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return "The server's certificate is signed by a CA that this credential doesn't trust. Either the kubeconfig's CA is missing or out of date, " +
			"or something between here and the server answers in its place. Get a new kubeconfig from the cluster."
	}
	if e, ok := errors.AsType[x509.HostnameError](err); ok {
		return joined("The server's certificate is for other names than this address", strings.Join(certNames(e.Certificate), ", "),
			"Use one of its names as the server's address, or set tls-server-name in the kubeconfig.")
	}
	if e, ok := errors.AsType[x509.CertificateInvalidError](err); ok {
		return invalidWords(e, now)
	}
	if _, ok := errors.AsType[x509.SystemRootsError](err); ok {
		return "This machine's own list of CAs can't be read, and the kubeconfig brings none. Add certificate-authority-data to it."
	}
	if e, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return "The server's certificate can't be verified: " + clean(e.Err.Error()) + "."
	}
	return ""
}

func invalidWords(e x509.CertificateInvalidError, now time.Time) string {
	if e.Reason != x509.Expired || e.Cert == nil {
		return "The server's certificate, or the CA that signed it, is not valid: " + clean(e.Error()) + ". The cluster's administrator must renew it."
	}
	if now.Before(e.Cert.NotBefore) {
		return "The server's certificate is valid only from " + moment(e.Cert.NotBefore) + ", and this machine's clock says " + moment(now) +
			". Check this machine's clock; if it is right, the server's was wrong when the certificate was made."
	}
	return "The server's certificate expired on " + moment(e.Cert.NotAfter) + ". The cluster's administrator must renew it. (This machine's clock says " +
		moment(now) + ".)"
}

// tlsWords is for a handshake that doesn't come to a certificate, or that the server breaks off.
func tlsWords(err error, _ time.Time) string {
	if cause := alertWords(err); cause != "" {
		return cause
	}
	if errors.Is(err, http.ErrSchemeMismatch) {
		return "The server speaks plain HTTP at this port, not HTTPS. Check the port; with http:// nothing sent would be encrypted."
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return "Something answers at this port, but it doesn't speak TLS. Check the server's port."
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "remote error" {
		return "The server broke off the TLS handshake (" + clean(op.Err.Error()) + "). Check the address and tls-server-name; a gateway in front may not know the name."
	}
	return ""
}

// alertWords is for a server, or a gateway in front of it, that refuses our certificate in the handshake.
func alertWords(err error) string {
	op, ok := errors.AsType[*net.OpError](err)
	if !ok || op.Op != "remote error" {
		return ""
	}
	// crypto/tls gives alerts an unexported type, but fixed texts.
	switch text := op.Err.Error(); text {
	case "tls: expired certificate", "tls: revoked certificate", "tls: bad certificate", "tls: unknown certificate",
		"tls: unknown certificate authority", "tls: unsupported certificate", "tls: certificate required", "tls: access denied":
		return "The server refuses the client certificate in the TLS handshake (" + strings.TrimPrefix(text, "tls: ") +
			"). Sign in again, or give a new kubeconfig."
	}
	return ""
}

func hungUp(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}

func certNames(c *x509.Certificate) []string {
	if c == nil {
		return nil
	}
	names := c.DNSNames
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	return names[:min(len(names), 8)]
}

// moment is a time for people, in UTC so that it reads the same in a ticket.
func moment(t time.Time) string { return t.UTC().Format("2 January 2006 15:04 UTC") }

func itoa(n int) string { return strconv.Itoa(n) }

// innermost is the cause without what each layer wrote around it.
func innermost(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// joined makes "what: detail. advice" of parts, where detail and advice may be missing.
func joined(what, detail, advice string) string {
	if detail = strings.TrimRight(clean(detail), "."); detail != "" {
		what += ": " + detail
	}
	if what += "."; advice != "" {
		what += " " + advice
	}
	return what
}
