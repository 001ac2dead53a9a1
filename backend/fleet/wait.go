package fleet

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// fail reports an error and says how long to wait for the next try; 0 is until someone asks.
func (m *member) fail(err error, again *backoff) time.Duration {
	t := m.fleet.o.Timing
	state, cause := Classify(err)
	var proposed *kubeconfig.Endpoint
	var wait time.Duration
	stuck, isStuck := errors.AsType[*waiting](err)
	switch {
	case isStuck:
		proposed = stuck.proposed
	case state == StateUnreachable:
		wait = again.wait()
	case m.client != nil && m.client.credential.Auth() != kubeconfig.AuthBasic: // asking with a password again and again locks accounts
		// A server that has just started denies everybody until its caches are filled, so the first tries come soon.
		if wait = again.wait(); again.next >= t.BackoffMax {
			wait = jittered(t.Refused)
		}
	}
	if m.client != nil {
		cause = refusedWords(m.client.credential, err, cause)
	}
	m.fleet.o.Log.Info("member is not available", slog.String("member", m.spec.ID), slog.String("state", string(state)), slog.String("cause", cause))
	m.fleet.update(m, func(s *Status) {
		s.State, s.Cause, s.Proposed, s.NextTry = state, cause, proposed, time.Time{}
		if wait > 0 {
			s.NextTry = time.Now().Add(wait)
		}
	})
	return wait
}

// pause waits for the time (0: for ever) or for someone who asks; it is not alive when ctx ended.
func (m *member) pause(ctx context.Context, wait time.Duration) (asked, alive bool) {
	var due <-chan time.Time
	if wait > 0 {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		due = timer.C
	}
	select {
	case <-ctx.Done():
		return false, false
	case <-m.kick:
		return true, true
	case <-due:
		return false, true
	}
}
