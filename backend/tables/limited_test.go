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

// only lets a person read these namespaces, and not all at once.
func only(namespaces ...string) func(context.Context, ask) (io.ReadCloser, error) {
	return answers(http.StatusForbidden, func(a ask) bool { return !slices.Contains(namespaces, namespaceOf(a.path)) })
}

// Who may not list all at once gets what is in the namespaces that are known, and is told what is missing. Nobody is asked again who said no.
func TestNamespaces(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		f := w.add("a", "ours/one", "ours/two", "mine/one", "theirs/one")
		f.set(only("ours", "mine"))
		w.members[0].Namespaces = []string{"ours", "theirs", "mine", "Not a name", "ours"}
		table := w.open()
		s := w.wants(table, "a", Partial, 3)
		if want := "You may not list this kind over all namespaces. It is looked for in 3 that are known. 1: no access."; s.Why != want || !slices.Equal(s.Hidden, []string{"theirs"}) {
			t.Errorf("%q, hidden %v", s.Why, s.Hidden)
		}
		slices.Sort(w.tried)
		if diff := cmp.Diff([]string{"a mine true", "a ours true", "a theirs false"}, w.tried); diff != "" {
			t.Error(diff)
		}
		f.change("mine/two", "x")
		f.change("theirs/two", "x")
		f.change("ours/one", "")
		wait(time.Second)
		if diff := cmp.Diff([]string{"a mine/one new", "a mine/two x", "a ours/two new"}, rowsOf(table)); diff != "" {
			t.Error(diff)
		}
		f.requests()
		keepOpen(w, 14*time.Minute)
		for _, a := range f.requests() {
			if namespaceOf(a.path) == "theirs" || !a.watches() {
				t.Errorf("asked again: %v of %s", a, a.path)
			}
		}
		f.set(nil) // all is allowed now
		keepOpen(w, 2*time.Minute)
		w.wants(table, "a", Live, 5)
	})
}

// What a namespace lost with the right to it goes at the end of its watch; the others stay.
func TestNamespaceRevoked(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		f := w.add("a", "ours/one", "mine/one")
		f.set(only("ours", "mine"))
		w.members[0].Namespaces = []string{"ours", "mine"}
		table := w.open()
		w.wants(table, "a", Partial, 2)
		wait(time.Minute)
		f.set(only("ours"))
		f.cut("")
		wait(0)
		if s := w.wants(table, "a", Partial, 1); !slices.Equal(s.Hidden, []string{"mine"}) {
			t.Errorf("hidden %v", s.Hidden)
		}
		f.set(only())
		wait(time.Minute)
		f.cut("")
		wait(0)
		if s := w.wants(table, "a", Denied, 0); s.Why != whyNone {
			t.Error(s.Why)
		}
		f.set(only("mine"))
		table.Refresh()
		synctest.Wait()
		w.wants(table, "a", Partial, 1)
	})
}

// A change of what is known of the member lets who said no be asked again, but lists nothing anew where all may be listed.
func TestNewFacts(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		f, whole := w.add("a", "ours/one", "more/one"), w.add("b", "n/one")
		f.set(only("ours", "more"))
		w.members[0].Namespaces = []string{"ours"}
		table := w.open()
		w.wants(table, "a", Partial, 1)
		w.members[0].Namespaces = []string{"more", "ours"}
		w.members[1].Namespaces = []string{"more"}
		w.SetMembers(w.members)
		synctest.Wait()
		w.wants(table, "a", Partial, 2)
		f.requests()
		w.members[0].Namespaces = []string{"ours", "more"} // only the order
		w.SetMembers(w.members)
		synctest.Wait()
		if got := f.requests(); len(got) > 0 || len(whole.requests()) != 2 {
			t.Errorf("asked for %v", got)
		}
	})
}

// Of many namespaces only the first ones are asked, a few at a time; the rest are named.
func TestManyNamespaces(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		f := w.add("a")
		open, most := 0, 0
		f.set(func(_ context.Context, a ask) (io.ReadCloser, error) {
			if namespaceOf(a.path) == "" {
				return nil, refused(http.StatusForbidden, "no")
			}
			if a.watches() {
				return nil, nil //nolint:nilnil // the cluster answers
			}
			open++
			most = max(most, open)
			f.mu.Unlock()
			time.Sleep(time.Second)
			f.mu.Lock()
			open--
			return nil, nil //nolint:nilnil // the cluster answers
		})
		for i := range 50 {
			w.members[0].Namespaces = append(w.members[0].Namespaces, fmt.Sprintf("ns-%02d", i))
		}
		table := w.open()
		w.wants(table, "a", Listing, 0)
		wait(10 * time.Second)
		s := w.wants(table, "a", Partial, 0)
		if len(s.Hidden) != maxHidden || s.Hidden[0] != "ns-30" || !strings.Contains(s.Why, "20: not asked") || most != 4 {
			t.Errorf("%q, hidden %v, %d at a time", s.Why, s.Hidden, most)
		}
		if n := len(f.requests()); n != 1+30+30 {
			t.Errorf("%d requests", n)
		}
	})
}

// Who may list namespaces, but not this kind over all of them, has them looked up.
func TestNamespacesOfTheMember(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		f := w.add("a", "ours/one", "theirs/one")
		allowed := only("ours")
		f.set(func(ctx context.Context, a ask) (io.ReadCloser, error) {
			if strings.HasPrefix(a.path, "/api/v1/namespaces") {
				return saying(`{"items":[{"metadata":{"name":"ours"}},{"metadata":{"name":"theirs"}}]}`)(ctx, a)
			}
			return allowed(ctx, a)
		})
		w.members[0].All = true
		table := w.open()
		w.wants(table, "a", Partial, 1)
	})
}

// Kinds that are in no namespace are refused in words, with one request in a quarter of an hour.
func TestClusterWide(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		f := w.add("a")
		f.set(answers(http.StatusForbidden, always))
		w.members[0].Namespaces = []string{"ours"}
		w.SetMembers(w.members)
		table := w.Open(Kind{Key: "nodes", Resource: "nodes"})
		synctest.Wait()
		if s := w.wants(table, "a", Denied, 0); s.Why != whyCluster {
			t.Error(s.Why)
		}
		for range 14 {
			w.Open(Kind{Key: "nodes"})
			wait(time.Minute)
		}
		if got := f.requests(); len(got) != 1 || got[0].path != "/api/v1/nodes" {
			t.Errorf("asked for %v", got)
		}
	})
}

// Nothing that is asked of Secrets can have a value in it: the server's columns and metadata, or nothing.
func TestSecrets(t *testing.T) {
	inBubble(t, Options{}, func(w *world) {
		t := w.t
		f := w.add("a", "n/one")
		w.SetMembers(w.members)
		w.Open(Kind{Key: "secrets", Resource: "secrets", Namespaced: true})
		w.Open(things())
		synctest.Wait()
		for _, a := range f.requests() {
			objects := slices.Contains(strings.Split(a.accept, ","), "application/json")
			if secret := strings.HasSuffix(a.path, "/secrets"); objects == secret || a.query.Has("includeObject") {
				t.Errorf("%s asked as %s", a.path, a.accept)
			}
		}
	})
}
