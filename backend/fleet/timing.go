package fleet

import (
	"math/rand/v2"
	"time"
)

// Timing is how patient a Fleet is.
type Timing struct {
	Heartbeat  time.Duration // between two signs of life of a ready member, at most
	Beat       time.Duration // that such a sign may take; a loss is noticed after Heartbeat + 2 Beat
	Request    time.Duration // that any other request may take
	Proof      time.Duration // that a Source may take, before a request
	BackoffMin time.Duration // before the first new try of an unreachable member; doubles
	BackoffMax time.Duration
	Refused    time.Duration // before asking again a member that goes on saying no (401, 403); never for passwords
	Refresh    time.Duration // of the facts of a ready member
	Discovery  time.Duration // between two looks at what a ready member serves: how late a new CRD is noticed at most
	Tick       time.Duration // of the watch for this machine's sleep and network
}

const (
	soonAgain = 10               // the first sign of life comes that many times sooner while facts are missing
	quickBeat = 2 * time.Second  // is enough of a sign of life when someone asks; a dead connection is replaced sooner
	patience  = time.Second      // an attempt younger than that is not begun anew because someone asks
	sleepGap  = 10 * time.Second // a clock that jumps farther means that the machine slept

	// After a change of the network or a wake, the way to a member may open a little later: tries come often for a while.
	alertFor  = 30 * time.Second
	alertWait = 700 * time.Millisecond
	scatter   = 300 * time.Millisecond // within which members begin then, so that they don't all at once
	// A member that was lost may come back as soon, as after its server's restart.
	missFor  = 5 * time.Minute
	missWait = 2 * time.Second
)

func (t Timing) withDefaults() Timing {
	for _, d := range []struct {
		field *time.Duration
		value time.Duration
	}{
		{&t.Heartbeat, 25 * time.Second},
		{&t.Beat, 5 * time.Second},
		{&t.Request, 10 * time.Second},
		{&t.Proof, time.Minute},
		{&t.BackoffMin, time.Second},
		{&t.BackoffMax, time.Minute},
		{&t.Refused, 5 * time.Minute},
		{&t.Refresh, 15 * time.Minute},
		{&t.Discovery, 50 * time.Second},
		{&t.Tick, 2 * time.Second},
	} {
		if *d.field <= 0 {
			*d.field = d.value
		}
	}
	return t
}

// backoff gives the waits between tries: doubling, capped, each shortened by up to a fifth so that a fleet doesn't move in step.
type backoff struct {
	min, max time.Duration
	next     time.Duration
}

func (b *backoff) reset() { b.next = 0 }

func (b *backoff) wait() time.Duration {
	if b.next == 0 {
		b.next = b.min
	}
	d := min(b.next, b.max)
	b.next = min(2*d, b.max)
	return jittered(d)
}

// jittered is d less up to a fifth of it.
func jittered(d time.Duration) time.Duration {
	return d - time.Duration(rand.Float64()*float64(d)/5) //nolint:gosec // spreads load, guards nothing
}
