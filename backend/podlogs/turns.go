package podlogs

import (
	"context"
	"fmt"
	"sync/atomic"
)

// maxTries is how many sources of a member that doesn't answer may read at a time: those that hang must not take the turns
// of other members' sources.
const maxTries = 4

// host is what the sources of one member share.
type host struct {
	start   func(task func(ctx context.Context)) // as long as the member is read
	end     context.CancelFunc
	left    bool          // nothing of it counts any more; guarded by the log's lock
	answers atomic.Bool   // it did when it was asked last
	tries   chan struct{} // has one entry for each source that reads though it isn't known to answer
}

// host is that of a member. The lock is held.
func (l *Log) host(member string) *host {
	h := l.hosts[member]
	if h == nil {
		h = &host{tries: make(chan struct{}, maxTries)}
		h.start, h.end = l.branch()
		l.hosts[member] = h
	}
	return h
}

// turn waits until the source may read. It says no when ctx ended.
func (s *source) turn(ctx context.Context) bool {
	if !take(ctx, s.host.tries, func() {}) {
		return false
	}
	s.trying = true
	if s.host.answers.Load() {
		s.tried()
	}
	wait := fmt.Sprintf("It waits for its turn: %d logs are read at a time.", cap(s.log.slots))
	if !take(ctx, s.log.slots, func() { s.set(Waiting, wait) }) {
		s.tried()
		return false
	}
	return true
}

// take puts an entry into a channel that counts them; wait is called first if there is no room yet.
func take(ctx context.Context, slots chan<- struct{}, wait func()) bool {
	select {
	case slots <- struct{}{}:
		return true
	default:
		wait()
	}
	select {
	case slots <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

// pass ends a turn.
func (s *source) pass() {
	s.tried()
	<-s.log.slots
}

// tried lets another source try.
func (s *source) tried() {
	if s.trying {
		s.trying = false
		<-s.host.tries
	}
}

// heardOf notes whether the member answered.
func (s *source) heardOf(answered bool) {
	s.host.answers.Store(answered)
	if answered {
		s.tried()
	}
}
