package podlogs

import (
	"context"
	"math/rand/v2"
	"time"
)

// now is the container's condition by its pod's last word.
func (s *source) now() condition {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return s.condition
}

func (s *source) count() int {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return s.lines
}

// update takes in what the pod says of the container. The log's lock is held.
func (s *source) update(c condition) {
	if c == s.condition {
		return
	}
	s.condition = c
	if c.done && s.timer != nil {
		s.timer.Reset(lastCall) // its stream ends by itself, unless the member hangs
	}
	select {
	case s.nudge <- struct{}{}:
	default:
	}
}

// follows notes the timer that ends the stream; nil is none.
func (s *source) follows(timer *time.Timer) {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	s.timer = timer
	if timer != nil && s.condition.done {
		timer.Reset(lastCall)
	}
}

// heard gives the stream more time: something came.
func (s *source) heard(timer *time.Timer, limit time.Duration) {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	if s.timer == timer && s.condition.done {
		limit = lastCall
	}
	timer.Reset(limit)
}

// set changes what is shown of the source.
func (s *source) set(state State, why string) {
	s.log.mu.Lock()
	changed := s.state != state || s.why != why
	s.state, s.why = state, why
	s.log.mu.Unlock()
	if changed {
		s.log.changed()
	}
}

// end keeps the line that the source broke off in, if any, and says that it is over.
func (s *source) end(why string) {
	if s.rest != nil {
		s.log.add(s, []entry{*s.rest})
		s.rest = nil
	}
	s.set(Ended, why)
}

// place is where a line belongs: at its time, but never before an earlier line of the same source, whose clock may have
// been set back; and never in a future that would keep it at the end for good. The log's lock is held.
func (s *source) place(t time.Time) int64 {
	now := time.Now()
	if t.After(now.Add(future)) {
		t = now
	}
	at := s.last
	if !t.IsZero() && t.Year() > 1700 { // else nanoseconds overflow
		at = max(at, t.UnixNano())
	}
	if at == 0 {
		at = now.UnixNano()
	}
	s.last = at
	return at
}

// sleep waits, at least the short pause when it is nudged meanwhile.
func sleep(ctx context.Context, pause time.Duration, nudge <-chan struct{}) {
	began := time.Now()
	timer := time.NewTimer(pause)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
			return
		case <-nudge:
			timer.Reset(max(0, min(pause, shortPause)-time.Since(began)))
		}
	}
}

func jitter(d time.Duration) time.Duration {
	return d - d/8 + rand.N(d/4) //nolint:gosec // no secret
}
