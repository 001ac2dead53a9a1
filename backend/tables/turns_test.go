package tables

import (
	"io"
	"testing"
	"testing/synctest"
	"time"
)

// timed takes so long for each read.
type timed time.Duration

func (d timed) Read(b []byte) (int, error) {
	time.Sleep(time.Duration(d))
	return len(b), nil
}

// A turn is left while nothing comes, and passed on when it was had for long; otherwise it stays.
func TestTurn(t *testing.T) {
	for name, c := range map[string]struct {
		body  io.Reader
		reads int
		after time.Duration // another has a turn
	}{
		"what comes at once":    {timed(time.Microsecond), 1000, 1000 * time.Microsecond},
		"what is waited for":    {timed(time.Minute), 1, shortWait},
		"what goes on for long": {timed(time.Microsecond), 1_000_000, longTurn + time.Microsecond},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				all := make(turns, 1)
				began := time.Now()
				own := all.begin()
				done := make(chan struct{})
				go func() {
					defer close(done)
					for range c.reads {
						_, _ = own.read(c.body, make([]byte, 1))
					}
					own.end()
				}()
				other := all.begin()
				if took := time.Since(began); took != c.after {
					t.Errorf("another waited for %v, not for %v", took, c.after)
				}
				other.end()
				<-done
				all.begin().end() // it was taken again and ended, once
			})
		})
	}
}
