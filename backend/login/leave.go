package login

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/oidc"
)

// ErrKept says that tokens are still in the keychain, or may come back there, though they should be gone.
var ErrKept = errors.New("the session may still be in the keychain: sign out again")

const (
	leaveLimit  = 5 * time.Second // for the turn and for reading: a sign-out doesn't wait for another program's provider
	revokeLimit = 20 * time.Second
	promptLimit = time.Minute // for deleting: the keychain may ask for a password
)

// SignOut forgets the session here, and revokes it at the provider where that is possible; the members that use it need a sign-in then. It
// does the first also when the second fails. Errors: ErrKept, oidc.ErrCannotRevoke, and what stood in the way of a revocation.
func (b *Book) SignOut(ctx context.Context, s kubeconfig.SignIn) error {
	return b.session(s).leaveFor(ctx, signedOutWords(s), true)
}

// Forget drops the session of a key that no member has any more, and its tokens, without telling the provider.
func (b *Book) Forget(ctx context.Context, key string) error {
	b.mu.Lock()
	s := b.sessions[key]
	if s == nil {
		s = b.newSession(key) // of an earlier run
	}
	s.gone = true
	if b.sessions[key] == s {
		delete(b.sessions, key)
	}
	b.mu.Unlock()
	err := s.leaveFor(ctx, "", false)
	b.o.Changed(key)
	return err
}

// leaveFor ends everything that is under way, then the session.
func (s *session) leaveFor(ctx context.Context, why string, revoke bool) error {
	b := s.book
	b.mu.Lock()
	s.leaving++
	signIn, a, f := s.signIn, s.attempt, s.flight
	b.mu.Unlock()
	defer s.change(func() { s.leaving-- })
	if a != nil {
		a.cancel()
		<-a.done
	}
	if f != nil {
		f.cancel()
		<-f.done
	}
	newest, err := s.forget(ctx, why)
	if revoke && !same(newest, oidc.Tokens{}) {
		ctx, cancel := context.WithTimeout(ctx, revokeLimit)
		defer cancel()
		err = errors.Join(err, b.o.Protocol.Revoke(ctx, signIn, newest))
	}
	return err
}

// forget drops the tokens here and in the keychain, whatever ctx and other programs do; it gives those that the provider should know as void.
func (s *session) forget(ctx context.Context, why string) (newest oidc.Tokens, err error) {
	b := s.book
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaveLimit)
	defer cancel()
	if leave, late := s.enter(limited); late == nil {
		defer leave()
	} else {
		err = fmt.Errorf("%w: another running Binnacle is renewing it: %w", ErrKept, late)
	}
	newest = s.newestToLeave(limited)
	s.change(func() {
		s.drop(why)
		s.missed = ""
	})
	patient, cancel := context.WithTimeout(context.WithoutCancel(ctx), promptLimit)
	defer cancel()
	if kept := b.o.Keychain.Delete(patient, s.account); kept != nil {
		err = fmt.Errorf("%w: %w", ErrKept, kept)
	}
	return newest, err
}

// newestToLeave are the tokens that the provider should know as void.
func (s *session) newestToLeave(ctx context.Context) oidc.Tokens {
	s.book.mu.Lock()
	mine := s.held
	s.book.mu.Unlock()
	if mine.unsaved {
		return mine.tokens
	}
	if stored, found, err := s.read(ctx); err == nil && found {
		return stored
	}
	return mine.tokens
}
