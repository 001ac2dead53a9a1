package tables

import (
	"context"
	"io"
	"time"
)

// turns lets so many go on at a time.
type turns chan struct{}

func (t turns) take() { t <- struct{}{} }

// takeIn is take that gives up, and says so, when ctx ends.
func (t turns) takeIn(ctx context.Context) bool {
	select {
	case t <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (t turns) leave() { <-t }

const (
	shortWait = time.Millisecond      // for which a turn isn't left
	longTurn  = 20 * time.Millisecond // after which it goes to who waits for one
)

// turn is one of turns, held by who reads a body. It is left to others while nothing comes, but not for every read: who goes on after
// others' rows finds nothing of his own in the processor's caches.
type turn struct {
	of    turns
	began time.Time
	away  *time.Timer   // leaves the turn
	left  chan struct{} // it did
}

// begin waits for a turn. The caller ends it.
func (t turns) begin() *turn {
	t.take()
	it := &turn{of: t, began: time.Now(), left: make(chan struct{}, 1)}
	it.away = time.AfterFunc(time.Hour, func() {
		t.leave()
		it.left <- struct{}{}
	})
	it.away.Stop()
	return it
}

func (t *turn) end() { t.of.leave() }

// read reads from body. Without a turn it does nothing else.
func (t *turn) read(body io.Reader, b []byte) (int, error) {
	if t == nil {
		return body.Read(b)
	}
	t.away.Reset(shortWait)
	n, err := body.Read(b)
	switch {
	case !t.away.Stop():
		<-t.left
	case time.Since(t.began) > longTurn:
		t.of.leave()
	default:
		return n, err
	}
	t.of.take()
	t.began = time.Now()
	return n, err
}
