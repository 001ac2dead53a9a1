package login

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/binnacle-dev/binnacle/backend/oidc"
)

const (
	renewLimit = 40 * time.Second // for a turn and the provider's answer together
	saveLimit  = 10 * time.Second // for the keychain to take tokens that members wait for
	closeWait  = 5 * time.Second  // for renewals under way when the program quits
)

var errNoProof = errors.New("it gave no token that a cluster could be shown")

// fly starts work that others may wait for; the caller holds mu and knows that none is under way.
func (s *session) fly(work func(context.Context)) *flight {
	ctx, cancel := context.WithTimeout(s.book.renewing, renewLimit)
	f := &flight{cancel: cancel, done: make(chan struct{})}
	s.flight = f
	s.book.wg.Go(func() {
		defer cancel()
		work(ctx)
		s.change(func() { s.flight = nil })
		close(f.done)
		s.book.nudge()
	})
	return f
}

// load reads what an earlier run left. It needs no turn: it renews nothing.
func (s *session) load(ctx context.Context) {
	stored, found, err := s.read(ctx)
	s.change(func() {
		switch {
		case s.loaded: // a sign-in was faster
		case err != nil:
			s.renewing.fail(s.book.now(), keychainWords(s.signIn, err))
		default:
			s.loaded, s.renewing = true, retry{}
			if found {
				s.hold(stored, time.Time{})
			}
		}
	})
}

// renewal is the work of getting new tokens for those held now; the caller holds mu.
func (s *session) renewal() func(context.Context) {
	before := s.held.tokens
	return func(ctx context.Context) { s.renew(ctx, before) }
}

// renew gets the new tokens from the keychain if another program was faster, else from the provider.
func (s *session) renew(ctx context.Context, before oidc.Tokens) {
	leave, err := s.enter(ctx)
	if err != nil {
		s.change(func() { s.renewing.fail(s.book.now(), turnWords(s.signIn, err)) })
		return
	}
	defer leave()
	newest, again := s.newest(ctx, before)
	if !again {
		return
	}
	s.book.mu.Lock()
	signIn := s.signIn
	s.book.mu.Unlock()
	tokens, err := s.book.o.Protocol.Refresh(ctx, signIn, newest)
	if err == nil && tokens.Proof(signIn).Empty() {
		err = errNoProof
	}
	switch {
	case errors.Is(err, oidc.ErrEnded):
		s.end(ctx, newest, endedWords(signIn, err))
	case err != nil:
		s.book.o.Log.Info("a session could not be renewed", slog.String("session", s.key), slog.Any("error", err))
		s.keepRest(ctx, newest, tokens)
		s.change(func() { s.renewing.fail(s.book.now(), renewalWords(signIn, err)) })
	default:
		if tokens.Refresh.Empty() { // the old one stays good then (RFC 6749, 6)
			tokens.Refresh = newest.Refresh
		}
		s.take(ctx, tokens)
	}
}

// newest gives the tokens to renew from; again is false when that is not needed, or can't be done.
func (s *session) newest(ctx context.Context, before oidc.Tokens) (newest oidc.Tokens, again bool) {
	s.book.mu.Lock()
	mine := s.held
	s.book.mu.Unlock()
	if !same(mine.tokens, before) { // the person signed in while we waited for the turn
		return oidc.Tokens{}, false
	}
	if mine.unsaved { // so the keychain's are older, and none but us could renew
		return mine.tokens, true
	}
	stored, found, err := s.read(ctx)
	s.change(func() {
		switch {
		case err != nil:
			s.renewing.fail(s.book.now(), keychainWords(s.signIn, err))
		case !found:
			s.drop(goneWords(s.signIn))
		case same(stored, mine.tokens):
			newest, again = mine.tokens, mine.renewable()
		default:
			s.hold(stored, time.Time{})
			s.used, s.renewing = false, retry{}
			now := s.book.now()
			newest, again = stored, s.held.renewable() && (!s.held.good(now) || s.held.overdue(now))
		}
	})
	return newest, again
}

// end forgets a session that the provider says is over, if the keychain has no other by now.
func (s *session) end(ctx context.Context, refused oidc.Tokens, why string) {
	stored, found, err := s.read(ctx)
	other := err == nil && found && !same(stored, refused)
	s.change(func() {
		s.drop(why)
		s.loaded = !other // else the next look reads them
	})
	if other || err != nil || !found {
		return
	}
	if err := s.book.o.Keychain.Delete(ctx, s.account); err != nil { // the next run finds out again that they are of no use
		s.book.o.Log.Warn("ended session stays in the keychain", slog.String("session", s.key), slog.Any("error", err))
	}
}
