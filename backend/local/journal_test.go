package local_test

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/local"
)

func journal(t *testing.T, f *local.Folder) *local.Journal {
	t.Helper()
	j, err := f.Journal()
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func TestJournalOutlivesTheProgram(t *testing.T) {
	f := open(t)
	j := journal(t, f)
	for _, account := range []string{"cluster/b", "cluster/a", "cluster/b"} {
		if err := j.Note(account); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"cluster/a", "cluster/b"}, journal(t, f).Pending()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if err := errors.Join(j.Keep("cluster/b"), j.Keep("never noted")); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"cluster/a"}, journal(t, f).Pending()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestJournalAtOnce(t *testing.T) {
	f := open(t)
	j := journal(t, f)
	var wg sync.WaitGroup
	for n := range 16 {
		wg.Go(func() {
			account := "cluster/" + string(rune('a'+n))
			if err := j.Note(account); err != nil {
				t.Error(err)
			}
			if n%2 == 0 {
				if err := j.Keep(account); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got := journal(t, f).Pending(); len(got) != 8 {
		t.Errorf("pending %v", got)
	}
}

func TestJournalDamaged(t *testing.T) {
	f := open(t)
	write(t, filepath.Join(f.Dir(), "journal.json"), "{")
	if _, err := f.Journal(); !errors.Is(err, local.ErrCorrupt) {
		t.Errorf("got %v", err)
	}
	if got := journal(t, f).Pending(); len(got) > 0 {
		t.Errorf("pending %v", got)
	}
}

// A note that isn't on the disk isn't made: the caller must not put the secret.
func TestJournalCantSave(t *testing.T) {
	f := open(t)
	j := journal(t, f)
	if err := os.Mkdir(filepath.Join(f.Dir(), "journal.json"), 0o700); err != nil { // in the way, for root too
		t.Fatal(err)
	}
	if err := j.Note("cluster/a"); err == nil || len(j.Pending()) > 0 {
		t.Errorf("%v, pending %v", err, j.Pending())
	}
}
