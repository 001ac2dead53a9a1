package login

import (
	"context"
	"math/rand/v2"
	"time"
)

const (
	firstWait = time.Second // before trying again what failed
	lastWait  = time.Minute
	early     = time.Minute // before their end tokens of unknown age are renewed
	longest   = time.Minute // between two looks at the clock: the timer stands still while some systems sleep
)

// due is when tokens are renewed: after some 80 % of their life or, when it isn't known when that began, a minute before its end, but not
// in the first three quarters of what is left now. Each time is a little earlier by chance: a provider whose tokens all end at once is overrun.
func due(expires, since, now time.Time) time.Time {
	if expires.IsZero() {
		return time.Time{}
	}
	if since.IsZero() {
		return latest(expires.Add(-early-part(early/4)), now.Add(expires.Sub(now)*3/4))
	}
	life := expires.Sub(since)
	return since.Add(life*4/5 - part(life/20))
}

func (h held) overdue(now time.Time) bool { return !h.due.IsZero() && !now.Before(h.due) }

// part is a random part of d.
func part(d time.Duration) time.Duration {
	return time.Duration(rand.Float64() * float64(d)) //nolint:gosec // spreads load, guards nothing
}

// retry is what failed and goes on being tried.
type retry struct {
	why  string        // in words; "" is nothing
	next time.Time     // not by itself before that
	wait time.Duration // doubles, and is shortened by up to a fifth
}

func (r *retry) fail(now time.Time, why string) {
	r.why, r.wait = why, min(max(2*r.wait, firstWait), lastWait)
	r.next = now.Add(r.wait - part(r.wait/5))
}

func (r *retry) may(now time.Time) bool { return !now.Before(r.next) }

func (r *retry) now() { r.next, r.wait = time.Time{}, 0 }

// Woke tries at once what had failed, and renews what is due: call it when the machine has slept or its network has changed.
func (b *Book) Woke() {
	b.mu.Lock()
	for _, s := range b.sessions {
		s.renewing.now()
		s.saving.now()
	}
	b.mu.Unlock()
	b.nudge()
}

// nudge makes the keeper look at all sessions, and starts it at the first time.
func (b *Book) nudge() {
	b.mu.Lock()
	if !b.keeping && !b.closed {
		b.keeping = true
		b.wg.Go(b.keep)
	}
	b.mu.Unlock()
	select {
	case b.kick <- struct{}{}:
	default: // one is enough
	}
}

// keep does what falls due by itself, until Close.
func (b *Book) keep() {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		timer.Reset(b.round())
		select {
		case <-b.asking.Done():
			return
		case <-b.kick:
		case <-timer.C:
		}
	}
}

// round starts what is due, rings for what time has changed, and says when to look again.
func (b *Book) round() time.Duration {
	var rang []string
	wait := longest
	b.mu.Lock()
	now := b.now()
	for key, s := range b.sessions {
		if next := s.tend(now); !next.IsZero() {
			wait = min(wait, next.Sub(now))
		}
		if s.restate() {
			rang = append(rang, key)
		}
	}
	b.mu.Unlock()
	for _, key := range rang {
		b.o.Changed(key)
	}
	return wait
}

// tend starts what is due for a session and gives the time of what comes next, zero when nothing does by itself; the caller holds mu.
func (s *session) tend(now time.Time) (next time.Time) {
	if s.book.closed || s.flight != nil || s.leaving > 0 {
		return time.Time{} // what is under way nudges at its end
	}
	var work func(context.Context)
	plan := func(at time.Time, what func(context.Context)) {
		if at = latest(at, now); next.IsZero() || at.Before(next) {
			next, work = at, what
		}
	}
	h := s.held
	if h.unsaved {
		plan(s.saving.next, func(ctx context.Context) { _ = s.saveAgain(ctx) }) // it notes its error itself
	}
	if !s.loaded && s.used && s.renewing.why != "" {
		plan(s.renewing.next, s.load)
	}
	if h.renewable() && !h.due.IsZero() && (s.used || now.Before(h.due)) { // who asks only after that is enough of a reminder
		plan(latest(h.due, s.renewing.next), s.renewal())
	}
	if !h.renewable() && now.Before(h.tokens.Expires) {
		plan(h.tokens.Expires, nil) // then it shows that the person is needed
	}
	if next.After(now) || work == nil {
		return next
	}
	s.fly(work)
	return time.Time{}
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
