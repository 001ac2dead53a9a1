package fleet

import (
	"context"
	"errors"
	"sync"
	"time"
)

var errRetried = errors.New("begun anew because someone asked")

// member is one life of a member: with one endpoint and one credential, until it is dropped or replaced.
type member struct {
	fleet  *Fleet
	cancel context.CancelFunc
	kick   chan struct{} // holds one: try now

	// Guarded by fleet.mu. The goroutine is the only one to set client, and may read it without.
	spec   Member
	status Status
	client *Client

	surveyed time.Time // when the facts were last asked for in full; the goroutine's own

	mu    sync.Mutex
	abort context.CancelCauseFunc // of the requests under way
	began time.Time
}

// stop ends the member's goroutine; who waits for it is Close.
func (m *member) stop() { m.cancel() }

// poke makes the member try now. What is under way is given up, for it may wait on a network that is gone.
func (m *member) poke() {
	select {
	case m.kick <- struct{}{}:
	default: // one is enough
	}
	m.mu.Lock()
	abort := m.abort
	if time.Since(m.began) < patience {
		abort = nil
	}
	m.mu.Unlock()
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
		}
		switch {
		case ctx.Err() != nil:
			return
		case errors.Is(err, errRetried):
			again.reset()
			m.connecting()
			continue
		}
		asked, alive := m.pause(ctx, m.fail(err, &again))
		switch {
		case !alive:
			return
		case asked:
			again.reset()
			m.connecting()
		}
	}
}

// connecting reports that someone's wish is heard. Tries that nobody asked for leave the state alone: a row must not flicker.
func (m *member) connecting() {
	m.fleet.update(m, func(s *Status) { s.State, s.Cause, s.NextTry, s.Proposed = StateConnecting, "", time.Time{}, nil })
}

// connect makes one try, and reports its success.
func (m *member) connect(ctx context.Context) error {
	select {
	case <-m.kick: // this is the try that was asked for
	default:
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
	return m.survey(ctx)
}

// open takes the credential from the vault, if it may be used, and makes a client of it. Nothing is sent.
func (m *member) open(ctx context.Context) (*Client, error) {
	credential, err := m.fleet.o.Vault.Credential(ctx, m.spec.ID)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, ErrNoCredential):
		return nil, err
	case err != nil:
		return nil, &waiting{
			state: StateNeedsCredentials,
			cause: joined("The keychain didn't give this cluster's credential", err.Error(), "See to the keychain, then try again."),
		}
	}
	if credential.Endpoint() != m.spec.Endpoint {
		proposed := m.spec.Endpoint
		return nil, &waiting{state: StateNeedsCredentials, cause: differs(proposed, credential.Endpoint()), proposed: &proposed}
	}
	return dial(credential, m.fleet.o.UserAgent, m.fleet.o.dial)
}

// survey asks for everything and reports it.
func (m *member) survey(ctx context.Context) error {
	m.fleet.mu.Lock()
	known := m.status.Facts
	m.fleet.mu.Unlock()
	s := survey{client: m.client, limit: m.fleet.o.Timing.Request, report: func(Check) {}}
	if time.Since(m.surveyed) < m.fleet.o.Timing.Refresh {
		s.known = &known
	}
	var facts Facts
	err := m.guarded(ctx, func(ctx context.Context) (err error) {
		facts, err = s.run(ctx)
		return err
	})
	if err != nil {
		return err
	}
	if s.known == nil {
		m.surveyed = time.Now()
	}
	m.alive(func(f *Facts) { *f = facts })
	return nil
}

// alive reports that the member answered.
func (m *member) alive(learn func(*Facts)) {
	m.fleet.update(m, func(s *Status) {
		s.State, s.Cause, s.NextTry, s.Proposed, s.Seen = StateReady, "", time.Time{}, nil, time.Now()
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
