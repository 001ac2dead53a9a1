package login

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/oidc"
)

const maxShown = 200 // characters of one foreign text

// shown makes foreign text fit for a sentence.
func shown(s string) string {
	n := 0
	for i := range s {
		if n++; n > maxShown {
			return kubeconfig.Clean(s[:i]) + "…"
		}
	}
	return kubeconfig.Clean(s)
}

// at names the provider of a sign-in.
func at(s kubeconfig.SignIn) string {
	if u, err := url.Parse(s.Issuer); err == nil && u.Host != "" {
		return shown(u.Host)
	}
	return "the identity provider " + shown(s.Issuer)
}

// needs says why the person is needed; the caller holds mu.
func (s *session) needs(now time.Time) string {
	switch {
	case s.attempt != nil && s.attempt.state == StateDevice:
		return "Type the code " + shown(s.attempt.code.UserCode) + " in at " + shown(s.attempt.code.URL) + " to sign in."
	case s.attempt != nil:
		return "Finish signing in at " + at(s.signIn) + " in your browser."
	case s.missed != "":
		return s.missed
	case s.held.refused:
		return "The cluster doesn't accept the session at " + at(s.signIn) + " any more. Sign in again."
	case s.ended != "":
		return s.ended
	case !s.held.proof.Empty() && !s.held.good(now):
		return "The session at " + at(s.signIn) + " has expired, and the provider gave nothing to renew it with. Sign in again. " +
			"If that comes too often, ask for the scope offline_access."
	}
	return "You aren't signed in at " + at(s.signIn) + ". Sign in."
}

func (s *session) needError(now time.Time) error {
	return &kubeconfig.NeedError{Need: kubeconfig.NeedSignIn, Why: s.needs(now)}
}

// unaccepted is for a server that refuses a token fresh from the provider.
func (s *session) unaccepted() string {
	if s.signIn.Flow == kubeconfig.FlowOpenShift {
		return "The cluster refuses a new token of " + at(s.signIn) + ". Is that this cluster's own OAuth server? Ask its administrator."
	}
	return "The cluster refuses a new token of " + at(s.signIn) + ". Signing in again won't help. Ask its administrator whether the API server " +
		"trusts the issuer " + shown(s.signIn.Issuer) + ", whether its audiences have the client ID " + shown(s.signIn.ClientID) +
		", and whether its clock is right."
}

// slow is for those who couldn't wait for a flight.
func (s *session) slow() string {
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	return "Renewing the session at " + at(s.signIn) + " takes long."
}

func endedWords(s kubeconfig.SignIn, err error) string {
	detail := strings.TrimPrefix(err.Error(), oidc.ErrEnded.Error()) // in brackets, if the provider gave any
	return "The session at " + at(s) + " has ended" + shown(detail) + ". Sign in again."
}

func goneWords(s kubeconfig.SignIn) string {
	return "The session at " + at(s) + " isn't in the keychain any more: you signed out elsewhere, or the keychain was changed. Sign in again."
}

func signedOutWords(s kubeconfig.SignIn) string { return "You signed out at " + at(s) + "." }

func missedWords(s kubeconfig.SignIn, err error) string {
	if errors.Is(err, oidc.ErrTimeout) {
		return "Signing in at " + at(s) + " wasn't finished in time. Start it again."
	}
	return "Signing in at " + at(s) + " didn't work: " + reason(err) + ". Try again."
}

func renewalWords(s kubeconfig.SignIn, err error) string {
	return "The session at " + at(s) + " can't be renewed at the moment: " + reason(err) + ". Binnacle goes on trying."
}

func turnWords(s kubeconfig.SignIn, err error) string {
	if errors.Is(err, context.DeadlineExceeded) {
		return "Another running Binnacle is renewing the session at " + at(s) + " and doesn't finish. Quit it, or wait."
	}
	return "The session at " + at(s) + " can't be renewed: its lock can't be taken (" + reason(err) + "). See to Binnacle's own folder."
}

func keychainWords(s kubeconfig.SignIn, err error) string {
	return "The keychain doesn't give the session at " + at(s) + ": " + reason(err) + ". Unlock it, then try again."
}

func unsavedWords(err error) string {
	return "You are signed in, but the session couldn't be saved and would end with Binnacle: " + reason(err) + ". Binnacle goes on trying."
}

// reason gives an error in a few words that belong into a sentence.
func reason(err error) string {
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return "its name can't be found (is a VPN needed?)"
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return "its certificate is from an unknown CA"
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return "its certificate isn't valid for it now"
	}
	if slow, ok := errors.AsType[net.Error](err); ok && slow.Timeout() || errors.Is(err, oidc.ErrTimeout) {
		return "it doesn't answer in time"
	}
	if errors.Is(err, syscall.ECONNREFUSED) {
		return "it refuses the connection"
	}
	if outer, ok := errors.AsType[*url.Error](err); ok { // its text has the address, and whatever is in that
		err = outer.Err
	}
	return shown(strings.TrimRight(err.Error(), ". "))
}
