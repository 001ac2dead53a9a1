package local_test

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/local"
)

// One name is one lock, also for two Folders in one program; two names don't wait for each other.
func TestLock(t *testing.T) {
	f := open(t)
	again, err := local.Open(f.Dir())
	if err != nil {
		t.Fatal(err)
	}
	other, err := f.Lock(t.Context(), "other")
	if err != nil {
		t.Fatal(err)
	}
	defer other()
	var wg sync.WaitGroup
	var inside, turns atomic.Int32 // a lock of files orders nothing that the race detector knows of
	for n := range 8 {
		folder := []*local.Folder{f, again}[n%2]
		wg.Go(func() {
			unlock, err := folder.Lock(t.Context(), "one")
			if err != nil {
				t.Error(err)
				return
			}
			defer unlock()
			for range 100 {
				if n := inside.Add(1); n != 1 {
					t.Errorf("%d at once", n)
				}
				runtime.Gosched()
				inside.Add(-1)
			}
			turns.Add(1)
		})
	}
	wg.Wait()
	if turns.Load() != 8 {
		t.Errorf("%d turns", turns.Load())
	}
	if names, err := f.List(); err != nil || len(names) > 0 {
		t.Errorf("locks are listed as files: %v, %v", names, err)
	}
	if diff := cmp.Diff([]string{"one.lock", "other.lock"}, files(t, f.Dir())); diff != "" {
		t.Errorf("files (-want +got)\n%s", diff)
	}
}
