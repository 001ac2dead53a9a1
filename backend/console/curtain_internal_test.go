package console

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestCurtainOpensByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, began := newCurtain(), time.Now()
		go c.openBy(t.Context(), paintLimit)
		if !c.wait(t.Context()) || time.Since(began) != paintLimit {
			t.Errorf("opened after %v, want %v", time.Since(began), paintLimit)
		}
	})
}

func TestCurtainIsNotWaitedForAtTheEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if newCurtain().wait(ctx) {
		t.Error("a curtain that nobody opened is open")
	}
}

// Contacted is how many members the fleet connects or has connected.
func (c *Console) Contacted() int { return len(c.fleet.Statuses()) }
