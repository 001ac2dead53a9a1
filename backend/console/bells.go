package console

import (
	"context"
	"sync"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
)

// quiet is the least time between two doorbells of one kind: changes in between ring once.
const quiet = 100 * time.Millisecond

// bells rings the page's doorbells: at once when it was quiet, else coalesced. One goroutine (run) emits; ring never blocks,
// so it may be called under any lock and from any goroutine.
type bells struct {
	emit func(bridge.Event, bridge.Doorbell)
	wake chan struct{}

	mu      sync.Mutex
	seq     map[topic]int64
	pending map[topic]bridge.Doorbell
}

// topic is what one sequence of doorbells is about.
type topic struct {
	event bridge.Event
	key   string
}

func newBells(emit func(bridge.Event, bridge.Doorbell)) *bells {
	return &bells{
		emit: emit, wake: make(chan struct{}, 1),
		seq: map[topic]int64{}, pending: map[topic]bridge.Doorbell{},
	}
}

func (b *bells) ring(event bridge.Event, key string, open bool) {
	t := topic{event, key}
	b.mu.Lock()
	b.seq[t]++
	b.pending[t] = bridge.Doorbell{Seq: b.seq[t], Key: key, Open: open || b.pending[t].Open}
	b.mu.Unlock()
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// at is the sequence number that an answer carries: read it before the state, so that news in between is never missed.
func (b *bells) at(event bridge.Event, key string) int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.seq[topic{event, key}]
}

// forget drops a topic that will not ring again.
func (b *bells) forget(event bridge.Event, key string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.seq, topic{event, key})
	delete(b.pending, topic{event, key})
}

func (b *bells) run(ctx context.Context) {
	pause := time.NewTimer(0)
	defer pause.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-b.wake:
		}
		b.mu.Lock()
		now := b.pending
		b.pending = map[topic]bridge.Doorbell{}
		b.mu.Unlock()
		for t, bell := range now {
			b.emit(t.event, bell)
		}
		pause.Reset(quiet)
		select {
		case <-ctx.Done():
			return
		case <-pause.C:
		}
	}
}
