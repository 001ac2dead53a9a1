package login

import (
	"context"
	"log/slog"
	"time"

	"github.com/binnacle-dev/binnacle/backend/oidc"
)

// take saves new tokens and then lets everybody use them; who calls it has the turn. Time running out is no reason to lose them.
func (s *session) take(ctx context.Context, t oidc.Tokens) {
	since := s.book.now()
	err := s.save(context.WithoutCancel(ctx), t)
	s.use(t, since, err)
}

// keepRest keeps what is left after a failed renewal: a new refresh token, for the old one isn't taken again.
func (s *session) keepRest(ctx context.Context, old, answer oidc.Tokens) {
	if answer.Refresh.Empty() || answer.Refresh.Equal(old.Refresh) {
		return
	}
	old.Refresh = answer.Refresh
	err := s.save(context.WithoutCancel(ctx), old)
	s.change(func() {
		s.hold(old, s.held.since)
		s.saved(err)
	})
}

// use makes new tokens the session's own; unsaved is why the keychain hasn't got them, or nil.
func (s *session) use(t oidc.Tokens, since time.Time, unsaved error) {
	s.change(func() {
		s.loaded, s.used, s.missed, s.renewing = true, false, "", retry{}
		s.hold(t, since)
		s.saved(unsaved)
	})
}

func (s *session) save(ctx context.Context, t oidc.Tokens) error {
	ctx, cancel := context.WithTimeout(ctx, saveLimit)
	defer cancel()
	return s.book.o.Keychain.Put(ctx, s.account, t.Secret())
}

// saveAgain tries what take couldn't do.
func (s *session) saveAgain(ctx context.Context) error {
	leave, err := s.enter(ctx)
	if err != nil {
		s.change(func() { s.saved(err) })
		return err
	}
	defer leave()
	s.book.mu.Lock()
	mine := s.held
	s.book.mu.Unlock()
	if !mine.unsaved {
		return nil
	}
	err = s.save(ctx, mine.tokens)
	s.change(func() { s.saved(err) })
	return err
}

// read gives what the keychain has. What can't be understood is as good as lost.
func (s *session) read(ctx context.Context) (t oidc.Tokens, found bool, err error) {
	v, err := s.book.o.Keychain.Get(ctx, s.account)
	switch {
	case err != nil && s.book.o.Lost(err):
		return oidc.Tokens{}, false, nil
	case err != nil:
		return oidc.Tokens{}, false, err
	}
	if t, err = oidc.Parse(v); err != nil {
		s.book.o.Log.Warn("stored session is not readable", slog.String("session", s.key))
		return oidc.Tokens{}, false, nil //nolint:nilerr // nothing could ever be done with it but a new sign-in
	}
	return t, true, nil
}

// hold makes tokens the session's own; the caller holds mu.
func (s *session) hold(t oidc.Tokens, since time.Time) {
	if t.Expires = t.Expires.Round(0); !since.IsZero() && !t.Expires.After(since) {
		t.Expires = time.Time{} // they came expired, so a clock is wrong: a server decides, and none is asked for new ones without end
	}
	s.held = held{tokens: t, proof: t.Proof(s.signIn), since: since, due: due(t.Expires, since, s.book.now())}
	s.ended = ""
}

// saved notes whether the keychain has what is held; the caller holds mu.
func (s *session) saved(err error) {
	s.held.unsaved = err != nil
	if err == nil {
		s.saving = retry{}
	} else {
		s.saving.fail(s.book.now(), unsavedWords(err))
	}
}

// drop leaves the session without tokens; the caller holds mu.
func (s *session) drop(why string) {
	s.held, s.loaded, s.ended, s.renewing, s.saving = held{}, true, why, retry{}, retry{}
}

func same(a, b oidc.Tokens) bool {
	return a.ID.Equal(b.ID) && a.Access.Equal(b.Access) && a.Refresh.Equal(b.Refresh)
}
