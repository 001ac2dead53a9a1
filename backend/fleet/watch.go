package fleet

import (
	"context"
	"errors"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// watch looks for signs of life until there are none, or the member says no; it returns why.
func (m *member) watch(ctx context.Context) error {
	t := m.fleet.o.Timing
	for {
		wait := t.Heartbeat
		if m.unfinished {
			wait, m.unfinished = wait/soonAgain, false
		}
		asked, alive := m.idle(ctx, jittered(wait))
		if !alive {
			return ctx.Err()
		}
		deadline := t.Beat
		if asked {
			deadline = min(quickBeat, t.Beat)
			m.heed(ctx)
		}
		m.hasten()
		if err := expired(m.client.credential); err != nil {
			return err
		}
		if m.doubted || time.Since(m.surveyed) > t.Refresh {
			m.surveyed = time.Time{}
		}
		err := m.beat(ctx, deadline)
		if err != nil && !errors.Is(err, errRetried) && ctx.Err() == nil && unanswered(err) {
			// A connection can die without a word (VPN, sleep); only a new one tells whether the member is gone.
			m.client.Drop()
			err = m.beat(ctx, t.Beat)
		}
		if err != nil && !errors.Is(err, errRetried) { // who asked meanwhile is heard by the next pause
			return err
		}
		if err == nil && time.Since(m.discovered) > t.Discovery {
			m.rediscover(ctx, false)
		}
	}
}

// unanswered says whether a request got no answer, though there was something to show.
func unanswered(err error) bool {
	_, answered := errors.AsType[*apierrors.StatusError](err)
	_, need := errors.AsType[*kubeconfig.NeedError](err)
	_, unproven := errors.AsType[*kubeconfig.ProofError](err)
	return !answered && !need && !unproven
}

// beat asks for one sign of life, and for the facts anew when they are old or the version changed.
func (m *member) beat(ctx context.Context, deadline time.Duration) error {
	var c contact
	err := m.guarded(ctx, func(ctx context.Context) error {
		if err := m.prove(ctx); err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(ctx, deadline)
		defer cancel()
		c = m.client.contact(ctx, false)
		switch {
		case apierrors.IsTooManyRequests(c.err): // an answer is an answer
			return nil
		case apierrors.IsForbidden(c.err): // some hide the version from everybody; who hides from us even who we are has shut us out
			_, err := m.client.WhoAmI(ctx)
			return err
		}
		return c.err
	})
	if err != nil {
		return err
	}
	if c.version == "" { // hidden, or too busy to tell
		m.alive(func(*Facts) {})
		return nil
	}
	m.fleet.mu.Lock()
	known := m.status.Facts.Version
	m.fleet.mu.Unlock()
	if c.version != known || m.surveyed.IsZero() {
		m.surveyed = time.Time{}
		return m.survey(ctx, survey{seen: &c, left: unlimited})
	}
	m.alive(func(f *Facts) { f.Latency, f.ServerCertExpires = c.latency, m.client.ServerCertExpires() })
	return nil
}

// unlimited are more requests than a survey can make: nobody waits for one beside a connection that stands.
const unlimited = 100

// prove gets a proof ready, on time of its own.
func (m *member) prove(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, m.fleet.o.Timing.Proof)
	defer cancel()
	return m.client.prove(ctx)
}
