package login

import (
	"context"
	"errors"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

const (
	fresh     = time.Minute      // a server that refuses tokens of that age would refuse the next ones, too
	futileFor = 10 * time.Minute // and isn't worth another renewal for that long
)

// ErrUnaccepted is the cause of a *kubeconfig.ProofError when a server refuses a token that the provider has only just given.
var ErrUnaccepted = errors.New("the cluster doesn't accept a new token")

// Source gives members of one session their proof. It is safe for concurrent use and needs no end: tokens are renewed ahead of time only
// while someone asks for them.
type Source struct{ session *session }

// Source is the way to a session's proof; nothing is read before the first Proof.
func (b *Book) Source(s kubeconfig.SignIn) *Source { return &Source{session: b.session(s)} }

// Proof gives what to show to a server; stale is what it has refused (401), else zero. It waits for a renewal, of which there is one at a
// time however many wait, but never for the person. Errors: *kubeconfig.NeedError when only signing in helps, else *kubeconfig.ProofError.
func (s *Source) Proof(ctx context.Context, stale kubeconfig.Proof) (kubeconfig.Proof, error) {
	for {
		proof, wait, err := s.session.look(stale)
		if wait == nil {
			return proof, err
		}
		select {
		case <-wait.done:
		case <-ctx.Done():
			return kubeconfig.Proof{}, &kubeconfig.ProofError{Why: s.session.slow(), Err: ctx.Err()}
		}
	}
}

// look answers from memory, or gives the flight after which to look again.
func (s *session) look(stale kubeconfig.Proof) (kubeconfig.Proof, *flight, error) {
	b := s.book
	b.mu.Lock()
	now := b.now()
	s.used = true
	before := s.flight
	proof, wait, err := s.decide(now, !stale.Empty() && stale.Equal(s.held.proof))
	rang := (s.flight != before || err != nil) && s.restate() // nothing else changes what shows
	b.mu.Unlock()
	if rang {
		b.o.Changed(s.key)
	}
	return proof, wait, err
}

// decide is look for a moment; refused says that stale is the proof that is held. The caller holds mu.
func (s *session) decide(now time.Time, refused bool) (kubeconfig.Proof, *flight, error) {
	var none kubeconfig.Proof
	switch {
	case s.book.closed:
		return none, nil, &kubeconfig.ProofError{Why: "Binnacle is quitting."}
	case s.gone || s.leaving > 0:
		return none, nil, s.needError(now)
	case s.held.good(now) && !refused:
		if s.held.overdue(now) && s.flight == nil && s.renewing.may(now) {
			s.fly(s.renewal()) // nobody has to wait for it
		}
		return s.held.proof, nil, nil
	case s.flight != nil:
		return none, s.flight, nil
	case refused && s.futile(now):
		return none, nil, &kubeconfig.ProofError{Why: s.unaccepted(), Refused: true, Err: ErrUnaccepted}
	case s.loaded && !s.held.renewable():
		s.held.refused = s.held.refused || refused
		return none, nil, s.needError(now)
	case !s.renewing.may(now):
		return none, nil, &kubeconfig.ProofError{Why: s.renewing.why}
	case !s.loaded:
		return none, s.fly(s.load), nil
	default:
		return none, s.fly(s.renewal()), nil
	}
}

// futile says whether to spare the provider a renewal for a server that refused what is held: it has just refused a token that was
// young, or does so now. A token that can't be renewed stays refused.
func (s *session) futile(now time.Time) bool {
	if s.held.young(now) {
		s.held.futile = now
	}
	return !s.held.futile.IsZero() && (!s.held.renewable() || now.Before(s.held.futile.Add(futileFor)))
}
