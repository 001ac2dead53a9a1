package fleet

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"
)

var errRetried = errors.New("begun anew because someone asked")

// member is one life of a member: with one endpoint and one credential, until it is dropped or replaced.
type member struct {
	fleet  *Fleet
	cancel context.CancelFunc
	kick   chan struct{} // holds one: try now
	look   chan struct{} // holds one: what is served may have changed

	// Guarded by fleet.mu. The goroutine is the only one to set client, and may read it without.
	spec    Member
	status  Status
	client  *Client
	sourced bool // its proof comes from a Source

	// The goroutine's own.
	surveyed time.Time // when the facts were last asked for in full
	doubted  bool      // a person asked to look again: what is known doesn't count

	unfinished bool      // a connect had no requests left for all facts
	alert      time.Time // until then the network may be about to come back
	lost       time.Time // when it was last ready

	discovered time.Time // when it was last asked what it serves

	mu    sync.Mutex
	asked bool                    // by a person, who wants to see it begin
	moved bool                    // the network changed
	abort context.CancelCauseFunc // of the requests under way
	began time.Time
}

// stop ends the member's goroutine; who waits for it is Close.
func (m *member) stop() { m.cancel() }

// poke makes the member try now, because a person asked or because the network changed. What is under way is given up, for it
// may wait on a network that is gone.
func (m *member) poke(moved bool) {
	m.mu.Lock()
	m.asked, m.moved = m.asked || !moved, m.moved || moved
	abort := m.abort
	if !moved && time.Since(m.began) < patience {
		abort = nil
	}
	m.mu.Unlock()
	select {
	case m.kick <- struct{}{}:
	default: // one is enough
	}
	if abort != nil {
		abort(errRetried)
	}
}

// run connects, watches, and tries again until ctx ends.
func (m *member) run(ctx context.Context) {
	defer func() {
		if m.client != nil {
			m.client.Close()
		}
	}()
	t := m.fleet.o.Timing
	again := backoff{min: t.BackoffMin, max: t.BackoffMax}
	for {
		err := m.connect(ctx)
		if err == nil {
			again.reset()
			err = m.watch(ctx)
			m.lost = time.Now()
		}
		switch {
		case ctx.Err() != nil:
			return
		case errors.Is(err, errRetried):
			again.reset()
			continue
		}
		asked, alive := m.pause(ctx, m.fail(err, &again))
		switch {
		case !alive:
			return
		case asked:
			again.reset()
		}
	}
}

// connect makes one try, and reports its success.
func (m *member) connect(ctx context.Context) error {
	select {
	case <-m.kick: // this is the try that was asked for
	default:
	}
	if m.heed(ctx) {
		m.connecting()
	}
	if m.client == nil {
		client, err := m.open(ctx)
		if err != nil {
			return err
		}
		m.fleet.mu.Lock()
		m.client = client
		m.fleet.mu.Unlock()
	}
	if err := expired(m.client.credential); err != nil {
		return err
	}
	m.client.Drop()
	m.hasten()
	lazy := !m.doubted && (m.surveyed.IsZero() || time.Since(m.surveyed) < m.fleet.o.Timing.Refresh)
	return m.survey(ctx, survey{lazy: lazy, left: coldRequests})
}

// hasten gives dials up soon while the way to the member may open at any moment.
func (m *member) hasten() {
	m.client.wire.hurry(time.Now().Before(m.alert) || time.Since(m.lost) < missFor)
}

// heed sees to what was asked for, and says whether a person did. A move drops every connection, and waits a little: not all
// members begin at once.
func (m *member) heed(ctx context.Context) bool {
	m.mu.Lock()
	asked, moved := m.asked, m.moved
	m.asked, m.moved = false, false
	m.mu.Unlock()
	m.doubted = m.doubted || asked
	if !moved {
		return asked
	}
	m.alert = time.Now().Add(alertFor)
	if m.client != nil {
		m.client.Drop()
	}
	timer := time.NewTimer(rand.N(scatter)) //nolint:gosec // spreads load, guards nothing
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
	return asked
}

// connecting reports that a person's wish is heard. Tries that nobody asked for leave the state alone: a row must not flicker.
func (m *member) connecting() {
	m.fleet.update(m, func(s *Status) {
		s.State, s.Cause, s.Action, s.NextTry, s.Proposed = StateConnecting, "", ActionNone, time.Time{}, nil
	})
}

// survey makes s and reports what it brings.
func (m *member) survey(ctx context.Context, s survey) error {
	m.fleet.mu.Lock()
	s.known = m.status.Facts
	m.fleet.mu.Unlock()
	s.client, s.limit, s.patience = m.client, m.fleet.o.Timing.Request, m.fleet.o.Timing.Proof
	s.report, s.settled = func(Check) {}, m.learn
	before := m.client.discovered()
	var facts Facts
	err := m.guarded(ctx, func(ctx context.Context) (err error) {
		facts, err = s.run(ctx)
		return err
	})
	if err != nil {
		return err
	}
	if !s.lazy {
		m.keep(before)
		more := s.served.asked && !m.client.discovered().done()
		if m.discovered = time.Now(); !s.looked || more {
			m.discovered = time.Time{} // with the next sign of life
		}
		m.learn(facts)
		m.surveyed, m.doubted, m.unfinished = time.Now(), false, s.skipped || more
		if s.skipped {
			m.surveyed = time.Time{} // the next sign of life asks for what is left
		}
	}
	return nil
}

// learn reports that the member answered, with what it told.
func (m *member) learn(facts Facts) {
	m.alive(func(f *Facts) {
		if f.Identity == facts.Identity {
			facts.Access = facts.Access.remember(f.Access.Succeeded) // which may have come meanwhile
		}
		*f = facts
	})
}

// alive reports that the member answered.
func (m *member) alive(learn func(*Facts)) {
	m.fleet.update(m, func(s *Status) {
		s.State, s.Cause, s.Action, s.NextTry, s.Proposed, s.Seen = StateReady, "", ActionNone, time.Time{}, nil, time.Now()
		learn(&s.Facts)
	})
}

// guarded makes requests that poke can give up; they end with errRetried then.
func (m *member) guarded(ctx context.Context, requests func(context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	m.mu.Lock()
	m.abort, m.began = cancel, time.Now()
	m.mu.Unlock()
	err := requests(ctx)
	m.mu.Lock()
	m.abort = nil
	m.mu.Unlock()
	if err != nil && errors.Is(context.Cause(ctx), errRetried) {
		m.client.Drop()
		return errRetried
	}
	return err
}
