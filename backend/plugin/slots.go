package plugin

import (
	"sync"
	"time"
)

const (
	running = 4               // programs that start at a time: each may take a core and 100 MB for a moment
	starts  = 3 * time.Second // after which a program only waits for a network and is no reason for others to wait
)

// slots keep a fleet from starting all its programs at once. A slow one gives its place to others while it goes on.
type slots chan struct{}

func newSlots() slots { return make(slots, running) }

func (s slots) take(closed <-chan struct{}) (free func(), err error) {
	select {
	case s <- struct{}{}:
	case <-closed:
		return nil, ErrClosed
	}
	leave := sync.OnceFunc(func() { <-s })
	timer := time.AfterFunc(starts, leave)
	return func() {
		timer.Stop()
		leave()
	}, nil
}
