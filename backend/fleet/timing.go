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
	BackoffMin time.Duration // before the first new try of an unreachable member; doubles
	BackoffMax time.Duration
	Refused    time.Duration // before asking again a member that goes on saying no (401, 403); never for passwords
	Refresh    time.Duration // of the facts of a ready member
	Tick       time.Duration // of the watch for this machine's sleep
}

const (
	quickBeat = 2 * time.Second  // is enough of a sign of life when someone asks; a dead connection is replaced sooner
	patience  = time.Second      // an attempt younger than that is not begun anew because someone asks
	sleepGap  = 10 * time.Second // a clock that jumps farther means that the machine slept
)

func (t Timing) withDefaults() Timing {
	for _, d := range []struct {
		field *time.Duration
		value time.Duration
	}{
		{&t.Heartbeat, 25 * time.Second},
		{&t.Beat, 5 * time.Second},
		{&t.Request, 10 * time.Second},
		{&t.BackoffMin, time.Second},
		{&t.BackoffMax, time.Minute},
		{&t.Refused, 5 * time.Minute},
		{&t.Refresh, 15 * time.Minute},
		{&t.Tick, 5 * time.Second},
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

// reading is what the two clocks say. The monotonic one stands still while some systems sleep and goes on while others do.
type reading struct{ wall, mono time.Time }

func read() reading {
	now := time.Now()
	return reading{wall: now.Round(0), mono: now}
}

// slept says whether the machine slept between two readings that should be tick apart.
func slept(before, after reading, tick time.Duration) bool {
	wall, mono := after.wall.Sub(before.wall), after.mono.Sub(before.mono)
	return wall-mono > sleepGap || mono > tick+sleepGap
}

// watchSleep starts the one goroutine that notices a wake from sleep and retries everything then; the caller holds mu.
func (f *Fleet) watchSleep() {
	if f.awake {
		return
	}
	f.awake = true
	f.wg.Go(func() {
		ticker := time.NewTicker(f.o.Timing.Tick)
		defer ticker.Stop()
		last := f.o.clock()
		for {
			select {
			case <-f.done:
				return
			case <-ticker.C:
			}
			now := f.o.clock()
			if slept(last, now, f.o.Timing.Tick) {
				f.o.Log.Info("this machine slept; every member is tried again")
				f.Retry()
			}
			last = now
		}
	})
}
