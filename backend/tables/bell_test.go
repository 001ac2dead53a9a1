package tables

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A bell rings at once, then after its pause, but for who hurries.
func TestBellHurries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var rung []time.Duration
		b := newBell(func(string) { rung = append(rung, time.Since(began)) }, time.Minute)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			b.run(ctx)
		}()
		b.ring("pods")
		synctest.Wait()
		b.ring("pods")
		time.Sleep(time.Second)
		b.hurry("pods")
		synctest.Wait()
		b.ring("pods")
		time.Sleep(time.Hour)
		cancel()
		<-done
		if diff := cmp.Diff([]time.Duration{0, time.Second, time.Minute + time.Second}, rung); diff != "" {
			t.Errorf("it rang at others (-want +got):\n%s", diff)
		}
	})
}
