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
	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

func TestLive(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		a, b := w.add("a", "n/one", "n/two"), w.add("b", "n/one")
		table := w.open()
		w.wants(table, "a", Live, 2)
		w.wants(table, "b", Live, 1)
		a.change("n/three", "x")
		a.change("n/one", "y")
		b.change("n/one", "")
		wait(time.Second)
		if diff := cmp.Diff([]string{"a n/one y", "a n/three x", "a n/two new"}, rowsOf(table)); diff != "" {
			t.Error(diff)
		}
		if got := words(a.requests()); !slices.Equal(got, []string{"list", "watch 10"}) {
			t.Errorf("asked for %v", got)
		}
		if fresh := w.of(table, "a").Fresh; !fresh.Equal(time.Now().Add(-time.Second)) {
			t.Errorf("fresh since %v", time.Since(fresh))
		}
	})
}

// What a member is when it can't be asked, or has nothing to say.
func TestNotAsked(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Member)
		state  State
		why    string
	}{
		"not connected": {func(m *Member) { m.Connected = false }, Waiting, whyWaiting},
		"not known":     {func(m *Member) { m.Serves = serves("", false, false) }, Waiting, whyUnknown},
		"not served":    {func(m *Member) { m.Serves = serves("", false, true) }, Missing, whyUnserved},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, Options{}, func(w *world) {
				t := w.t
				f := w.add("a", "n/one")
				before := w.members[0]
				c.change(&w.members[0])
				table := w.open()
				if s := w.wants(table, "a", c.state, 0); s.Why != c.why || len(f.requests()) > 0 {
					t.Errorf("why: %s", s.Why)
				}
				w.SetMembers([]Member{before})
				synctest.Wait()
				w.wants(table, "a", Live, 1)
				w.SetMembers(w.members)
				kept := 1
				if c.state == Missing {
					kept = 0
				}
				w.wants(table, "a", c.state, kept) // at once
				f.change("n/two", "x")
				wait(time.Minute)
				w.wants(table, "a", c.state, kept)
			})
		})
	}
}

func serves(version string, served, known bool) func(string) (string, bool, bool) {
	return func(string) (string, bool, bool) { return version, served, known }
}

// Each refusal of a list has a state, words, and a time until the next try; afterwards all is well by itself.
func TestListRefused(t *testing.T) {
	for name, c := range map[string]struct {
		fault func(context.Context, ask) (io.ReadCloser, error)
		state State
		later State // when there were rows before
		why   string
		next  time.Duration // until it is tried again, at most; at least four fifths of it
	}{
		"401": {answers(401, always), Failed, Stale, "(401)", time.Second},
		"403": {answers(403, always), Denied, Denied, "may not", 15 * time.Minute},
		"404": {answers(404, always), Missing, Missing, "doesn't serve", time.Second},
		"405": {answers(405, always), Failed, Failed, "(405)", time.Second},
		"429": {func(context.Context, ask) (io.ReadCloser, error) {
			return nil, apierrors.NewTooManyRequests("slow down", 7)
		}, Failed, Stale, "(429)", 7 * time.Second},
		"500":         {answers(500, always), Failed, Stale, "(Internal Server Error): Internal Server Error. It is tried again.", time.Second},
		"503":         {answers(503, always), Failed, Stale, "Service Unavailable", time.Second},
		"a page":      {saying("<html>"), Failed, Stale, "isn't a Kubernetes", time.Second},
		"other JSON":  {saying(`{"kind":"Surprise"}`), Failed, Stale, "isn't a Kubernetes", time.Second},
		"cut":         {saying(`{"kind":"Table","rows":[`), Failed, Stale, "broke off", time.Second},
		"no way":      {func(context.Context, ask) (io.ReadCloser, error) { return nil, io.ErrUnexpectedEOF }, Failed, Stale, "broke off", time.Second},
		"an endless ": {func(context.Context, ask) (io.ReadCloser, error) { return io.NopCloser(&endless{again: "["}), nil }, Failed, Stale, "isn't a Kubernetes", time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, Options{}, func(w *world) {
				t := w.t
				f, other := w.add("a", "n/one"), w.add("b", "n/one")
				f.set(c.fault)
				table := w.open()
				w.wants(table, "b", Live, 1)
				if s := w.wants(table, "a", c.state, 0); !strings.Contains(s.Why, c.why) {
					t.Errorf("why: %s", s.Why)
				}
				f.requests()
				keepOpen(w, c.next*4/5-time.Millisecond)
				if n := len(f.requests()); n != 0 {
					t.Errorf("%d requests too early", n)
				}
				f.set(nil)
				keepOpen(w, c.next/5+time.Millisecond)
				w.wants(table, "a", Live, 1)

				f.set(c.fault)
				table.Refresh("a")
				synctest.Wait()
				kept := 1
				if c.later == Denied || c.later == Missing {
					kept = 0
				}
				w.wants(table, "a", c.later, kept)
				f.set(nil)
				keepOpen(w, 2*c.next)
				w.wants(table, "a", Live, 1)
				if got := words(other.requests()); !slices.Equal(got, []string{"list", "watch 10"}) && c.next < time.Minute {
					t.Errorf("the other member noticed: %v", got)
				}
			})
		})
	}
}

func saying(body string) func(context.Context, ask) (io.ReadCloser, error) {
	return func(context.Context, ask) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(body)), nil }
}

// keepOpen lets time pass while somebody looks.
func keepOpen(w *world, d time.Duration) {
	for ; d > 0; d -= time.Minute {
		w.Open(things())
		wait(min(d, time.Minute))
	}
}

// A server that goes on failing is asked less and less.
func TestBackoff(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		f := w.add("a")
		f.set(answers(500, always))
		w.open()
		keepOpen(w, 10*time.Minute)
		asked := f.requests()
		if n := len(asked); n < 14 || n > 20 {
			t.Errorf("%d requests in 10 minutes", n)
		}
		if last := asked[len(asked)-1].at.Sub(asked[len(asked)-2].at); last < 48*time.Second || last > time.Minute {
			t.Errorf("the last ones %v apart", last)
		}
	})
}

// A list without a byte for half a minute is given up; the rows that came show meanwhile, and nobody else waits.
func TestStalledList(t *testing.T) {
	inBubble(t, Options{Limits: Limits{Decoders: 1}}, func(w *world) {
		t := w.t
		f := w.add("a", "n/one", "n/two")
		w.add("b", "n/one")
		f.set(func(ctx context.Context, _ ask) (io.ReadCloser, error) {
			s := newStream(ctx)
			whole := f.table("")
			s.say(whole[:strings.Index(whole, `,{"cells":["two"`)+20])
			return s, nil
		})
		table := w.open()
		wait(shortWait) // if a has the only turn
		w.wants(table, "b", Live, 1)
		w.wants(table, "a", Listing, 1)
		wait(29*time.Second - shortWait)
		w.wants(table, "a", Listing, 1)
		wait(time.Second)
		if s := w.wants(table, "a", Failed, 1); !strings.Contains(s.Why, "too long") || !s.Fresh.IsZero() {
			t.Errorf("%+v", s)
		}
		f.set(nil)
		wait(time.Second)
		w.wants(table, "a", Live, 2)
		if got := words(f.requests()); !slices.Equal(got, []string{"list", "page", "watch 10"}) { // in small pieces now
			t.Errorf("asked for %v", got)
		}
	})
}

// The pages of a list that broke off; and back to the whole when they can't go on.
func TestPages(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		f := w.add("a", "n/one", "n/two")
		expired := false
		f.set(func(_ context.Context, a ask) (io.ReadCloser, error) {
			page := func(version, next, row string) (io.ReadCloser, error) {
				return io.NopCloser(strings.NewReader(fmt.Sprintf(`{"metadata":{"resourceVersion":%q,"continue":%q},%s,"rows":[%s]}`, version, next, columns, f.row(row)))), nil
			}
			switch a.String() {
			case "list":
				if !expired {
					return saying(`{"rows":[`)(t.Context(), a)
				}
			case "page":
				return page("10", "more", "n/one")
			case "page more":
				if !expired {
					expired = true
					return nil, refused(http.StatusGone, "too old")
				}
				return page("12", "", "n/two")
			}
			return nil, nil //nolint:nilnil // the cluster answers
		})
		table := w.open()
		wait(10 * time.Second)
		w.wants(table, "a", Live, 2)
		if diff := cmp.Diff([]string{"list", "page", "page more", "list", "watch 10"}, words(f.requests())); diff != "" {
			t.Error(diff)
		}
	})
}
