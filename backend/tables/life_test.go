package tables

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// What nobody opens for five minutes ends, its watches too; a new one begins afresh.
func TestUnused(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		f := w.add("a", "n/one")
		table := w.open()
		keepOpen(w, 20*time.Minute)
		if w.Open(things()) != table || len(w.Loaded()) != 1 {
			t.Error("a table in use ended")
		}
		wait(6 * time.Minute)
		if len(w.Loaded()) != 0 {
			t.Error("the table lives on")
		}
		f.change("n/two", "x")
		wait(0)
		if n := table.Pane().Rows(); n != 1 {
			t.Errorf("%d rows", n)
		}
		table.Refresh()
		if again := w.open(); again == table {
			t.Error("the same table again")
		}
		w.wants(w.Open(things()), "a", Live, 2)
	})
}

// Tables are bounded in number and in rows; what somebody looks at stays.
func TestBounds(t *testing.T) {
	inBubble(t, Options{Limits: Limits{Kinds: 2, AllRows: 5}}, func(w *world) {
		t := w.t
		w.add("a", "n/one", "n/two")
		w.SetMembers(w.members)
		kinds := func() (all []string) {
			for _, table := range w.Loaded() {
				all = append(all, table.Kind().Key)
			}
			return all
		}
		for i := range 3 {
			w.Open(Kind{Key: fmt.Sprint("k", i), Resource: "things", Group: "x"})
			wait(time.Second)
		}
		if got := kinds(); !slices.Equal(got, []string{"k0", "k1", "k2"}) {
			t.Errorf("of what is looked at, %v is left", got)
		}
		wait(20 * time.Second)
		w.Open(Kind{Key: "k0"})
		w.Open(Kind{Key: "k3", Resource: "things", Group: "x"})
		if got := kinds(); !slices.Equal(got, []string{"k0", "k3"}) {
			t.Errorf("left is %v", got)
		}
		synctest.Wait()
		w.fakes["a"].change("n/three", "x")
		wait(time.Minute) // 6 rows in two tables
		if got := kinds(); !slices.Equal(got, []string{"k3"}) && !slices.Equal(got, []string{"k0"}) {
			t.Errorf("left is %v", got)
		}
	})
}

// A member with more rows than are kept shows the first ones, and goes on with those.
func TestFull(t *testing.T) {
	inBubble(t, Options{Limits: Limits{Rows: 3}}, func(w *world) {
		t := w.t
		f := w.add("a", "n/1", "n/2", "n/3", "n/4", "n/5")
		table := w.open()
		if s := w.wants(table, "a", Full, 3); s.Why != whyFull {
			t.Error(s.Why)
		}
		f.change("n/1", "changed")
		f.change("n/2", "")
		wait(time.Second)
		if got := rowsOf(table); !slices.Equal(got, []string{"a n/1 changed", "a n/3 new"}) {
			t.Error(got)
		}
	})
}

// However much changes, the bell rings ten times a second at most; and for the last change, too.
func TestBell(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		f := w.add("a", "n/one")
		w.open()
		wait(time.Second)
		w.rung = nil
		began := time.Now()
		for i := range 1000 {
			f.change("n/one", fmt.Sprint(i))
			time.Sleep(time.Millisecond)
		}
		last := time.Now()
		wait(time.Second)
		if n := len(w.rung); n < 9 || n > 12 || w.rung[0].Sub(began) > 0 || w.rung[n-1].Before(last) {
			t.Errorf("rung %d times: %v", n, w.rung)
		}
	})
}

// Close waits for everything; afterwards nothing starts.
func TestClose(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		f := w.add("a", "n/one")
		w.open()
		w.Close()
		f.requests()
		w.SetMembers(w.members)
		table := w.Open(things())
		table.Refresh()
		synctest.Wait()
		if len(f.requests()) > 0 || len(table.Members()) > 0 {
			t.Error("something was asked after Close")
		}
	})
}
