package tables

import (
	"context"
	"sync"
	"time"
)

// bell tells which kinds have changed, each at most once in a while, but for those who hurry.
type bell struct {
	changed func(kind string)
	pause   time.Duration
	woken   chan struct{}
	hurried chan struct{}

	mu    sync.Mutex
	kinds map[string]bool // that have changed since
}

func newBell(changed func(kind string), pause time.Duration) *bell {
	return &bell{changed: changed, pause: pause, woken: make(chan struct{}, 1), hurried: make(chan struct{}, 1), kinds: map[string]bool{}}
}

// ring never blocks.
func (b *bell) ring(kind string) {
	b.mu.Lock()
	b.kinds[kind] = true
	b.mu.Unlock()
	select {
	case b.woken <- struct{}{}:
	default:
	}
}

// hurry is ring that doesn't wait for the pause's end.
func (b *bell) hurry(kind string) {
	b.ring(kind)
	select {
	case b.hurried <- struct{}{}:
	default:
	}
}

// run calls changed until ctx ends.
func (b *bell) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-b.woken:
		}
		b.mu.Lock()
		kinds := b.kinds
		b.kinds = map[string]bool{}
		b.mu.Unlock()
		for kind := range kinds {
			b.changed(kind)
		}
		select {
		case <-ctx.Done():
			return
		case <-b.hurried:
		case <-time.After(b.pause):
		}
	}
}
