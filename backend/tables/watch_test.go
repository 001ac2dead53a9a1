package tables

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A watch that ends goes on where it was: nothing is listed again, and nothing is missed.
func TestResume(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		f := w.add("a", "n/one")
		table := w.open()
		f.change("n/two", "x")
		wait(time.Minute)
		f.cut("")
		wait(0)
		w.wants(table, "a", Live, 2)
		f.change("n/three", "x")
		f.cut(`{"type":"ADDED","object":{"rows":[{"ce`) // so soon that it waits a moment
		wait(0)
		w.wants(table, "a", Stale, 3)
		wait(time.Second)
		w.wants(table, "a", Live, 3)
		if diff := cmp.Diff([]string{"list", "watch 10", "watch 11", "watch 12"}, words(f.requests())); diff != "" {
			t.Error(diff)
		}
	})
}

// A server that can't be reached while a watch is to be begun again: the rows stay, with their age.
func TestLost(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		f := w.add("a", "n/one")
		table := w.open()
		since := time.Now()
		wait(time.Minute)
		f.set(func(context.Context, ask) (io.ReadCloser, error) { return nil, io.ErrUnexpectedEOF })
		f.cut("")
		wait(10 * time.Second)
		if s := w.wants(table, "a", Stale, 1); !s.Fresh.Equal(since) || !strings.Contains(s.Why, "broke off") {
			t.Errorf("%+v", s)
		}
		f.set(nil)
		wait(20 * time.Second)
		w.wants(table, "a", Live, 1)
		if got := words(f.requests()); slices.Contains(got[1:], "list") {
			t.Errorf("asked for %v", got)
		}
	})
}

// 410: the rows stay, stale, until the list of what is there now, not in the cache, is complete; then the deleted ones go.
func TestGone(t *testing.T) {
	for name, gone := range map[string]func(*fake){
		"as an event": func(f *fake) {
			f.cut(`{"type":"ERROR","object":{"kind":"Status","status":"Failure","reason":"Expired","code":410}}`)
		},
		"as a refusal": func(f *fake) {
			f.set(answers(http.StatusGone, func(a ask) bool { return a.String() == "watch 10" }))
			f.cut("")
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, Options{}, func(w *world) {
				t := w.t
				f := w.add("a", "n/one", "n/two")
				table := w.open()
				wait(time.Minute)
				f.mu.Lock()
				delete(f.objects, "n/one") // while nobody looked
				f.version = 20
				f.mu.Unlock()
				gone(f)
				wait(100 * time.Millisecond)
				if s := w.wants(table, "a", Stale, 2); s.Why != whyHistory {
					t.Error(s.Why)
				}
				wait(time.Second)
				w.wants(table, "a", Live, 1)
				got := words(f.requests())
				if diff := cmp.Diff([]string{"list", "watch 20"}, got[len(got)-2:]); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

// A server that says 410 to every watch isn't listed once a second for ever.
func TestGoneAgainAndAgain(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		f := w.add("a")
		f.set(answers(http.StatusGone, ask.watches))
		w.open()
		keepOpen(w, 10*time.Minute)
		if n := len(f.requests()); n > 40 {
			t.Errorf("%d requests in 10 minutes", n)
		}
	})
}

// A watch that says nothing, not even bookmarks, is half open for all that is known: it is begun anew.
func TestSilence(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		f := w.add("a", "n/one")
		table := w.open()
		for range 5 {
			w.Open(things())
			wait(time.Minute)
			f.bookmark()
		}
		wait(time.Minute)
		if diff := cmp.Diff([]string{"list", "watch 10"}, words(f.requests())); diff != "" {
			t.Error(diff)
		}
		w.Open(things())
		wait(time.Minute)
		if diff := cmp.Diff([]string{"watch 15"}, words(f.requests())); diff != "" {
			t.Error(diff)
		}
		w.wants(table, "a", Live, 1)
	})
}

// The right to a kind is taken away: at the end of the watch the rows go.
func TestRevoked(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		f := w.add("a", "n/one")
		table := w.open()
		wait(time.Minute)
		f.set(answers(http.StatusForbidden, always))
		f.cut("")
		wait(0)
		if s := w.wants(table, "a", Denied, 0); s.Why != whyNowhere || !s.Fresh.IsZero() {
			t.Errorf("%+v", s)
		}
		f.set(nil)
		keepOpen(w, 15*time.Minute)
		w.wants(table, "a", Live, 1)
		if diff := cmp.Diff([]string{"list", "watch 10", "watch 10", "list", "list", "watch 10"}, words(f.requests())); diff != "" {
			t.Error(diff)
		}
	})
}

// A kind that goes and comes back, as with its CRD.
func TestKindGoes(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		f := w.add("a", "n/one")
		table := w.open()
		wait(time.Minute)
		f.set(answers(http.StatusNotFound, always))
		f.cut("")
		wait(0)
		w.wants(table, "a", Missing, 0)
		f.set(nil)
		wait(time.Second)
		w.wants(table, "a", Live, 1)
	})
}

// What may or can be listed, but not watched, is listed from time to time; and the watch is tried again later.
func TestPolled(t *testing.T) {
	for name, fault := range map[string]func(context.Context, ask) (io.ReadCloser, error){
		"no right":  answers(http.StatusForbidden, ask.watches),
		"no such":   answers(http.StatusMethodNotAllowed, ask.watches),
		"no server": answers(http.StatusNotFound, ask.watches),
		"no version": func(_ context.Context, a ask) (io.ReadCloser, error) {
			return saying(`{"metadata":{},"items":[{"metadata":{"name":"x"}}]}`)(nil, a)
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, Options{}, func(w *world) {
				t := w.t
				f := w.add("a", "n/one")
				f.set(fault)
				table := w.open()
				if s := w.wants(table, "a", Live, 1); s.Why != whyPolled {
					t.Error(s.Why)
				}
				f.requests()
				keepOpen(w, 10*time.Minute)
				if n := len(f.requests()); n < 20 || n > 25 {
					t.Errorf("%d lists in 10 minutes", n)
				}
				f.set(nil)
				keepOpen(w, 6*time.Minute)
				if s := w.wants(table, "a", Live, 1); s.Why != "" {
					t.Error(s.Why)
				}
			})
		})
	}
}

// Another connection lists anew; what the old one still brings is dropped. The rows stay meanwhile.
func TestReconnected(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		f := w.add("a", "n/one", "n/two")
		table := w.open()
		f.mu.Lock()
		delete(f.objects, "n/two")
		f.mu.Unlock()
		var late *stream
		f.set(func(context.Context, ask) (io.ReadCloser, error) {
			late = newStream(t.Context()) // it doesn't end with its request
			return late, nil
		})
		w.members[0].Connection = "2"
		w.SetMembers(w.members)
		synctest.Wait()
		w.wants(table, "a", Stale, 2)
		f.set(nil)
		w.members[0].Connection = "3"
		w.SetMembers(w.members)
		synctest.Wait()
		w.wants(table, "a", Live, 1)
		late.say(fmt.Sprintf(`{"metadata":{"resourceVersion":"3"},%s,"rows":[%s]}`, columns, f.row("n/late")))
		synctest.Wait()
		w.wants(table, "a", Live, 1)
		w.SetMembers(w.members) // the same again changes nothing
		synctest.Wait()
		if got := words(f.requests()); len(got) != 5 {
			t.Errorf("asked for %v", got)
		}
	})
}

// A member that was removed in the middle of a list: no late row may touch its successor of the same name, nor come back.
func TestRemovedMidList(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		f := w.add("a", "n/one")
		var late *stream
		f.set(func(context.Context, ask) (io.ReadCloser, error) {
			late = newStream(t.Context())
			late.say(`{"metadata":{"resourceVersion":"3"},` + columns + `,"rows":[` + f.row("n/early"))
			return late, nil
		})
		table := w.open()
		w.wants(table, "a", Listing, 1)
		w.SetMembers(nil)
		if n := table.Pane().Rows(); n != 0 || len(table.Members()) != 0 {
			t.Errorf("%d rows stay", n)
		}
		f.set(nil)
		w.SetMembers(w.members)
		synctest.Wait()
		w.wants(table, "a", Live, 1)
		late.say("," + f.row("n/late") + "]}")
		synctest.Wait()
		if diff := cmp.Diff([]string{"a n/one new"}, rowsOf(table)); diff != "" {
			t.Error(diff)
		}
	})
}
