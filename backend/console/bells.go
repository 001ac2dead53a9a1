package console

import (
	"context"
	"sync"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
)

// The least time between two doorbells of one kind: changes in between ring once. Who doesn't look at the window is rung less.
const (
	quiet  = 100 * time.Millisecond
	hidden = time.Second
)

// bells rings the page's doorbells: at once when it was quiet, else coalesced. One goroutine (run) emits; ring never blocks,
// so it may be called under any lock and from any goroutine.
type bells struct {
	emit func(bridge.Event, bridge.Doorbell)
	wake chan struct{}

	mu      sync.Mutex
	seq     map[topic]int64
	pending map[topic]bridge.Doorbell
	pace    time.Duration
}

// topic is what one sequence of doorbells is about.
type topic struct {
	event bridge.Event
	key   string
}

func newBells(emit func(bridge.Event, bridge.Doorbell)) *bells {
	return &bells{
		emit: emit, wake: make(chan struct{}, 1),
		seq: map[topic]int64{}, pending: map[topic]bridge.Doorbell{}, pace: quiet,
	}
}

// attend says whether somebody looks.
func (b *bells) attend(active bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pace = hidden
	if active {
		b.pace = quiet
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
		pace := b.pace
		b.mu.Unlock()
		for t, bell := range now {
			b.emit(t.event, bell)
		}
		pause.Reset(pace)
		select {
		case <-ctx.Done():
			return
		case <-pause.C:
		}
	}
}
