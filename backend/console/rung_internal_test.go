package console

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/view"
)

// The members are read anew for what a Fleet has, and the kinds for what a Catalog has; a saved width is none of the members'.
func TestViewRingsForWhatIsNews(t *testing.T) {
	document := func(change func(*view.Document)) view.Document {
		d := view.Document{
			Members: map[string]view.Member{"a": {Name: "one", Order: "a"}, "b": {Name: "two", Order: "b"}},
			Tables:  map[string]view.TableLayout{"pods": {Sort: "age"}},
		}
		if change != nil {
			change(&d)
		}
		return d
	}
	for name, tc := range map[string]struct {
		change         func(*view.Document)
		own            func(*openView)
		fleet, catalog bool
	}{
		"nothing":         {},
		"a pass":          {change: func(d *view.Document) { d.Revision++ }},
		"a table's sort":  {change: func(d *view.Document) { d.Tables["pods"] = view.TableLayout{Sort: "name"} }, catalog: true},
		"a colour":        {change: func(d *view.Document) { d.Members["a"] = view.Member{Name: "one", Order: "a", Color: "red"} }, fleet: true},
		"a guard":         {change: func(d *view.Document) { d.Members["a"] = view.Member{Name: "one", Order: "a", Guard: "readOnly"} }, fleet: true},
		"the order":       {change: func(d *view.Document) { d.Members["a"] = view.Member{Name: "one", Order: "c"} }, fleet: true, catalog: true},
		"a member less":   {change: func(d *view.Document) { delete(d.Members, "b") }, fleet: true, catalog: true},
		"the fleet's own": {change: func(d *view.Document) { d.Layout.GroupBy = "state" }, fleet: true},
		"connecting":      {own: func(o *openView) { o.engaged.Store(true) }, fleet: true},
		"primary moved":   {own: func(o *openView) { o.record.Primary.MemberID = "b" }, fleet: true},
	} {
		t.Run(name, func(t *testing.T) {
			c, open := &Console{bells: newBells(nil)}, &openView{}
			seqs := func() [3]int64 {
				return [3]int64{c.bells.at(bridge.EventFleet, ""), c.bells.at(bridge.EventCatalog, ""), c.bells.at(bridge.EventSession, "")}
			}
			c.ringView(open, document(nil))
			if got := seqs(); got != [3]int64{1, 1, 1} {
				t.Fatalf("a view that is new rang fleet, catalog, session %v times", got)
			}
			if tc.own != nil {
				tc.own(open)
			}
			c.ringView(open, document(tc.change))
			want := [3]int64{1, 1, 2}
			if tc.fleet {
				want[0]++
			}
			if tc.catalog {
				want[1]++
			}
			if got := seqs(); got != want {
				t.Errorf("rang fleet, catalog, session %v times, want %v", got, want)
			}
		})
	}
}

// A member that only beats is news for few: twenty of them would have the page read all members more than once a second.
func TestBeatsRingTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, open := &Console{bells: newBells(nil)}, &openView{statuses: map[string]fleet.Status{}}
		rang := func(what string, want int64) {
			t.Helper()
			synctest.Wait()
			if got := c.bells.at(bridge.EventFleet, ""); got != want {
				t.Errorf("%s: rang %d times in all, want %d", what, got, want)
			}
		}
		now := fleet.Status{ID: "a", State: fleet.StateReady}
		c.ringMember(open, now)
		rang("a member that is new", 1)
		for range 20 {
			now.Seen, now.Facts.Latency = time.Now(), now.Facts.Latency+time.Millisecond
			c.ringMember(open, now)
		}
		rang("beats", 1)
		time.Sleep(beats)
		rang("beats, in time", 2)
		now.Seen = time.Now()
		c.ringMember(open, now)
		now.State, now.Cause = fleet.StateUnreachable, "no answer"
		c.ringMember(open, now)
		rang("a member that is lost, at once", 3)
		time.Sleep(beats)
		rang("the beat before", 4)
	})
}
