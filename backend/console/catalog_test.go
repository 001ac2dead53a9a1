package console_test

import (
	"slices"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

// TestCatalogRings tells the page of a change of what a catalog has, and of nothing else that the keeper does: an edit is a change,
// a save, and a pass that finds the primary as it is, and whoever is rung asks for thousands of kinds.
func TestCatalogRings(t *testing.T) {
	cluster := kubetest.Shared(t)
	primaryFor(t, cluster)
	p := newMachine(t).start(t)
	p.logIn("one", cluster.User(t, "catalogued", "system:masters"))
	p.choose(bridge.ModeOpen, "", false)
	p.live("one")
	p.synced()
	catalog := func() bridge.Catalog {
		t.Helper()
		c, err := p.Catalog()
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	p.until("the kinds are known", func() bool { c := catalog(); return len(c.Kinds) > 0 && len(c.Learning) == 0 })

	before := catalog().Seq
	edit(t, p, "one", bridge.MemberEdit{Color: new("red"), Group: new("lab")})
	p.synced()
	if after := catalog().Seq; after != before {
		t.Errorf("a colour rang %d times", after-before)
	}
	layout := bridge.TableLayout{Kind: "pods", Sort: "age"}
	filter := bridge.SavedFilter{Name: "mine", Kind: "pods"}
	id := ""
	for _, change := range []struct {
		what string
		do   func() error
		rung bool
	}{
		{"a favourite", func() error { return p.SetFavourite("pods", true) }, true},
		{"the same favourite", func() error { return p.SetFavourite("pods", true) }, false},
		{"a table", func() error { return p.SaveTableLayout(layout) }, true},
		{"a filter", func() (err error) { id, err = p.SaveFilter(filter); return err }, true},
		{"no filter", func() error { return p.RemoveFilter(id) }, true},
	} {
		before := catalog().Seq
		if err := change.do(); err != nil {
			t.Fatal(err)
		}
		p.synced()
		if after := catalog().Seq; (after == before+1) != change.rung || after > before+1 {
			t.Errorf("%s rang %d times", change.what, after-before)
		}
	}

	before = catalog().Seq
	proxy := cluster.Proxy(t)
	proxy.Mode(kubetest.Refusing)
	p.connect("down", proxy.Kubeconfig(cluster.User(t, "catalogued")))
	down := p.member("down").ID
	p.until("it is down", func() bool { return slices.Contains(p.names(bridge.StateUnreachable), "down") })
	if c := catalog(); c.Seq == before || slices.Contains(c.Learning, down) {
		t.Errorf("a new member rang %d times; learning: %v", c.Seq-before, c.Learning)
	}
}
