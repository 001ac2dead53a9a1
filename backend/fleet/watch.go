package fleet

import (
	"context"
	"errors"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// watch looks for signs of life until there are none, or the member says no; it returns why.
func (m *member) watch(ctx context.Context) error {
	t := m.fleet.o.Timing
	for {
		asked, alive := m.pause(ctx, jittered(t.Heartbeat))
		if !alive {
			return ctx.Err()
		}
		if err := expired(m.client.credential); err != nil {
			return err
		}
		if time.Since(m.surveyed) > t.Refresh {
			m.surveyed = time.Time{}
		}
		deadline := t.Beat
		if asked {
			deadline = min(quickBeat, t.Beat)
		}
		err := m.beat(ctx, deadline)
		if err != nil && !errors.Is(err, errRetried) && ctx.Err() == nil {
			if _, answered := errors.AsType[*apierrors.StatusError](err); !answered {
				// A connection can die without a word (VPN, sleep); only a new one tells whether the member is gone.
				m.client.Drop()
				err = m.beat(ctx, t.Beat)
			}
		}
		if err != nil && !errors.Is(err, errRetried) { // who asked meanwhile is heard by the next pause
			return err
		}
	}
}

// beat asks for one sign of life, and for the facts anew when they are old or the version changed.
func (m *member) beat(ctx context.Context, deadline time.Duration) error {
	var c contact
	err := m.guarded(ctx, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, deadline)
		defer cancel()
		c = m.client.contact(ctx)
		return c.err
	})
	switch {
	case apierrors.IsForbidden(err), apierrors.IsTooManyRequests(err): // an answer is an answer
		m.alive(func(*Facts) {})
		return nil
	case err != nil:
		return err
	}
	m.fleet.mu.Lock()
	known := m.status.Facts.Version
	m.fleet.mu.Unlock()
	if c.version != known {
		m.surveyed = time.Time{}
	}
	if m.surveyed.IsZero() {
		return m.survey(ctx)
	}
	m.alive(func(f *Facts) { f.Latency, f.ServerCertExpires = c.latency, m.client.ServerCertExpires() })
	return nil
}
