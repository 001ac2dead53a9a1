package fleet

import (
	"context"
	"errors"
	"log/slog"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// fail reports an error and says how long to wait for the next try; 0 is until someone asks.
func (m *member) fail(err error, again *backoff) time.Duration {
	state, cause := Classify(err)
	auth := kubeconfig.Auth("")
	if m.client != nil {
		cause = refusedWords(m.client.credential, err, cause)
		auth = m.client.credential.Auth()
	}
	var proposed *kubeconfig.Endpoint
	if stuck, ok := errors.AsType[*waiting](err); ok {
		proposed = stuck.proposed
	}
	wait := m.wait(err, state, auth, again)
	m.fleet.o.Log.Info("member is not available", slog.String("member", m.spec.ID), slog.String("state", string(state)), slog.String("cause", cause))
	m.fleet.update(m, func(s *Status) {
		s.State, s.Cause, s.Action, s.Proposed, s.NextTry = state, cause, remedy(err, state, auth), proposed, time.Time{}
		if wait > 0 {
			s.NextTry = time.Now().Add(wait)
		}
	})
	return wait
}

// wait is how long to leave a member alone that failed so.
func (m *member) wait(err error, state State, auth kubeconfig.Auth, again *backoff) time.Duration {
	t := m.fleet.o.Timing
	_, stuck := errors.AsType[*waiting](err)
	_, need := errors.AsType[*kubeconfig.NeedError](err)
	_, unproven := errors.AsType[*kubeconfig.ProofError](err)
	switch {
	case stuck, need, errors.Is(err, ErrNoCredential):
		return 0
	case state == StateUnreachable && apierrors.IsTooManyRequests(err):
		return again.wait()
	case state == StateUnreachable && time.Now().Before(m.alert):
		return jittered(min(alertWait, t.BackoffMax))
	case state == StateUnreachable && !unproven && time.Since(m.lost) < missFor:
		return jittered(min(missWait, t.BackoffMax))
	case state == StateUnreachable:
		return again.wait()
	case m.client == nil, auth == kubeconfig.AuthBasic: // asking with a password again and again locks accounts
		return 0
	}
	// A server that has just started denies everybody until its caches are filled, so the first tries come soon.
	wait := again.wait()
	if again.next >= t.BackoffMax {
		wait = jittered(t.Refused)
	}
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
