package view_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/view"
)

// never is the base of two documents that were never agreed on.
const never = "never"

// mergeCase is run from both sides: as written, and with local and remote changed over. Where the sides differ, back says
// what the second run gives; flags and backFlags are the conflicts.
type mergeCase struct {
	base, local, remote string
	want, flags         string
	back, backFlags     string
}

func mergeCases() map[string]mergeCase {
	return map[string]mergeCase{
		"nothing changed":      {base: "a name=x", local: "a name=x", remote: "a name=x", want: "a name=x"},
		"one side changed":     {base: "a name=x", local: "a name=y", remote: "a name=x", want: "a name=y"},
		"both the same":        {base: "a name=x", local: "a name=y", remote: "a name=y", want: "a name=y"},
		"two fields":           {base: "a name=x", local: "a name=y", remote: "a name=x color=red", want: "a name=y color=red"},
		"one cleared a field":  {base: "a name=x group=g", local: "a name=x", remote: "a name=x group=g", want: "a name=x"},
		"both cleared a field": {base: "a name=x off", local: "a name=x", remote: "a name=x", want: "a name=x"},
		"switched off":         {base: "a name=x", local: "a name=x off", remote: "a name=z", want: "a name=z off"},
		"both different": {
			base: "a name=x", local: "a name=y", remote: "a name=z",
			want: "a name=z", flags: "a.name: y|z", back: "a name=y", backFlags: "a.name: z|y",
		},
		"cleared here, changed there": {
			base: "a name=x group=g", local: "a name=x", remote: "a name=x group=h",
			want: "a name=x group=h", flags: "a.group: -|h", back: "a name=x", backFlags: "a.group: h|-",
		},
		"labels, one by one": {
			base: "a labels.env=dev labels.old=1", local: "a labels.env=prod", remote: "a labels.env=dev labels.old=1 labels.new=2",
			want: "a labels.env=prod labels.new=2",
		},
		"one label, differently": {
			base: "a labels.env=dev", local: "a labels.env=prod labels.x=1", remote: "a labels.env=test labels.y=2",
			want: "a labels.env=test labels.x=1 labels.y=2", flags: "a.labels.env: prod|test",
			back: "a labels.env=prod labels.x=1 labels.y=2", backFlags: "a.labels.env: test|prod",
		},
		"an endpoint is one field": {
			base:  "a endpoint.server=https://x endpoint.ca=1",
			local: "a endpoint.server=https://y endpoint.ca=1", remote: "a endpoint.server=https://x endpoint.ca=2",
			want: "a endpoint.server=https://x endpoint.ca=2", flags: `a.endpoint: {"ca":"1","server":"https://y"}|{"ca":"2","server":"https://x"}`,
			back: "a endpoint.server=https://y endpoint.ca=1", backFlags: `a.endpoint: {"ca":"2","server":"https://x"}|{"ca":"1","server":"https://y"}`,
		},
		"added on one side":        {base: "a name=x", local: "a name=x; b name=y", remote: "a name=x", want: "a name=x; b name=y"},
		"added on both":            {base: "a name=x", local: "a name=x; b name=y", remote: "a name=x; c name=z", want: "a name=x; b name=y; c name=z"},
		"added alike on both":      {base: "", local: "b name=y", remote: "b name=y", want: "b name=y"},
		"added under one id":       {base: "", local: "b name=y color=red", remote: "b name=y off", want: "b name=y color=red off"},
		"deleted on one side":      {base: "a name=x; b name=y", local: "a name=x", remote: "a name=x; b name=y", want: "a name=x"},
		"deleted on both":          {base: "a name=x; b name=y", local: "a name=x", remote: "a name=x", want: "a name=x"},
		"one deleted on each side": {base: "a name=x; b name=y", local: "b name=y", remote: "a name=x", want: ""},
		"added under one id, differently": {
			base: "", local: "b name=y", remote: "b name=z",
			want: "b name=z", flags: "b.name: y|z", back: "b name=y", backFlags: "b.name: z|y",
		},
		"deleted here, edited there": {
			base: "a name=x off", local: "", remote: "a name=y off",
			want: "a name=y off", flags: "a: -|edited", backFlags: "a: edited|-",
		},
		"deleted here, a new field there": {
			base: "a name=x", local: "", remote: "a name=x ?note=1",
			want: "a name=x ?note=1", flags: "a: -|edited", backFlags: "a: edited|-",
		},
		"never agreed: union": {
			base: never, local: "a name=x", remote: "b name=y; @ layout.sort=name",
			want: "a name=x; b name=y; @ layout.sort=name",
		},
		"never agreed: both different": {
			base: never, local: "a name=x", remote: "a name=y",
			want: "a name=y", flags: "a.name: x|y", back: "a name=x", backFlags: "a.name: y|x",
		},
		"layout, field by field": {
			base: "@ layout.sort=name", local: "@ layout.sort=name layout.desc", remote: "@ layout.sort=version layout.columns=a,b",
			want: "@ layout.sort=version layout.columns=a,b layout.desc",
		},
		"layout, differently": {
			base: "@ layout.columns=a", local: "@ layout.columns=a,b", remote: "@ layout.columns=a,c",
			want: "@ layout.columns=a,c", flags: `layout.columns: ["a","b"]|["a","c"]`,
			back: "@ layout.columns=a,b", backFlags: `layout.columns: ["a","c"]|["a","b"]`,
		},
		"unknown fields everywhere": {
			base:  `a name=x ?n=1 endpoint.?p=1; @ ?top=1 layout.?l=1 owner.?o=1`,
			local: `a name=y ?n=1 endpoint.?p=1; @ ?top={"b":2,"a":1} layout.?l=1 owner.?o=1 ?added=null`, remote: `a name=x ?n=[2] endpoint.?p=2; @ ?top=1 layout.?l=2 owner.?o=1`,
			want: `a name=y ?n=[2] endpoint.?p=2; @ ?top={"a":1,"b":2} layout.?l=2 owner.?o=1 ?added=null`,
		},
		"unknown field, written another way": {
			base: `a ?n={"x":1,"y":2}`, local: `a ?n={"y":2,"x":1} name=x`, remote: `a ?n={"x":1,"y":2}`,
			want: `a name=x ?n={"x":1,"y":2}`,
		},
		"unknown field, differently": {
			base: `a ?n=1`, local: `a ?n=2`, remote: `a ?n=3`,
			want: `a ?n=3`, flags: "a.n: 2|3", back: `a ?n=2`, backFlags: "a.n: 3|2",
		},
		"order": {
			base: "a order=A; b order=B; c order=C", local: "a order=D; b order=B; c order=C", remote: "a order=A; b order=B; c order=1",
			want: "a order=D; b order=B; c order=1",
		},
		"moved on both sides": {
			base: "a order=A", local: "a order=B", remote: "a order=C",
			want: "a order=C", flags: "a.order: B|C", back: "a order=B", backFlags: "a.order: C|B",
		},
		"guard, closed on one side": {base: "a name=x", local: "a name=x guard=readOnly", remote: "a name=y", want: "a name=y guard=readOnly"},
		"guard, opened on one side": {base: "a name=x guard=readOnly", local: "a name=x", remote: "a name=y guard=readOnly", want: "a name=y"},
		"guard, opened here and closed there": {
			base: "a name=x guard=protected", local: "a name=x", remote: "a name=x guard=readOnly", want: "a name=x guard=readOnly",
		},
		"guard, both closed": {base: "a name=x", local: "a name=x guard=protected", remote: "a name=x guard=readOnly", want: "a name=x guard=readOnly"},
		"guard, a newer program's word": {
			base: "a name=x", local: "a name=x guard=sealed", remote: "a name=x guard=readOnly", want: "a name=x guard=sealed",
		},
		"guard, never agreed": {base: never, local: "a name=x guard=protected", remote: "a name=x", want: "a name=x guard=protected"},
		"tables, field by field": {
			base: "@ tables/pods/sort=a", local: "@ tables/pods/sort=a tables/pods/widths/?c:A.b=100 tables/x.y/desc",
			remote: "@ tables/pods/sort=b tables/pods/widths/?c:B=200 tables/pods/?new=1",
			want:   "@ tables/pods/sort=b tables/pods/widths/?c:A.b=100 tables/pods/widths/?c:B=200 tables/pods/?new=1 tables/x.y/desc",
		},
		"tables, one width differently": {
			base: "@ tables/a.b/widths/?c:A.b=100", local: "@ tables/a.b/widths/?c:A.b=101", remote: "@ tables/a.b/widths/?c:A.b=102 tables/a.b/sort=x",
			want: "@ tables/a.b/widths/?c:A.b=102 tables/a.b/sort=x", flags: "tables.a.b.widths.c:A.b: 101|102",
			back: "@ tables/a.b/widths/?c:A.b=101 tables/a.b/sort=x", backFlags: "tables.a.b.widths.c:A.b: 102|101",
		},
		"a table set back": {base: "@ tables/pods/sort=a tables/pods/desc", local: "", remote: "@ tables/pods/sort=a tables/pods/desc", want: ""},
		"filters added on both": {
			base: "", local: "@ filters/f/name=F filters/f/kind=pods", remote: "@ filters/g/name=G filters/g/kind=pods",
			want: "@ filters/f/name=F filters/f/kind=pods filters/g/name=G filters/g/kind=pods",
		},
		"a filter, field by field": {
			base: "@ filters/f/name=F filters/f/filter/search=a", local: "@ filters/f/name=G filters/f/filter/search=a",
			remote: "@ filters/f/name=F filters/f/filter/search=b filters/f/?new=1", want: "@ filters/f/name=G filters/f/filter/search=b filters/f/?new=1",
		},
		"what a filter says is one": {
			base: "@ filters/f/name=F filters/f/filter/search=a", local: "@ filters/f/name=F filters/f/filter/search=b",
			remote: "@ filters/f/name=F filters/f/filter/search=a filters/f/filter/labels=x", want: "@ filters/f/name=F filters/f/filter/search=a filters/f/filter/labels=x",
			flags: `filters.f.filter: {"search":"b"}|{"labels":"x","search":"a"}`, back: "@ filters/f/name=F filters/f/filter/search=b",
			backFlags: `filters.f.filter: {"labels":"x","search":"a"}|{"search":"b"}`,
		},
		"a filter deleted on one side": {base: "@ filters/f/name=F", local: "", remote: "@ filters/f/name=F", want: ""},
		"a filter deleted here, edited there": {
			base: "@ filters/f/name=F filters/f/kind=pods", local: "", remote: "@ filters/f/name=G filters/f/kind=pods",
			want: "@ filters/f/name=G filters/f/kind=pods", flags: "filters.f: -|edited", backFlags: "filters.f: edited|-",
		},
		"favourites, one by one": {
			base: "@ favourites/?pods=true favourites/?a.b=true", local: "@ favourites/?a.b=true favourites/?nodes=true", remote: "@ favourites/?pods=true favourites/?a.b=true favourites/?secrets=true",
			want: "@ favourites/?a.b=true favourites/?nodes=true favourites/?secrets=true",
		},
		"the larger revision": {base: "@ revision=3", local: "@ revision=9", remote: "@ revision=7", want: "@ revision=9"},
	}
}

func TestMerge(t *testing.T) {
	for name, c := range mergeCases() {
		if c.back == "" {
			c.back = c.want
		}
		if c.backFlags == "" {
			c.backFlags = c.flags
		}
		sides := map[string]struct{ local, remote, want, flags string }{
			"as written":   {c.local, c.remote, c.want, c.flags},
			"changed over": {c.remote, c.local, c.back, c.backFlags},
		}
		for side, s := range sides {
			t.Run(name+"/"+side, func(t *testing.T) {
				var base *view.Document
				if c.base != never {
					d := doc(t, c.base)
					base = &d
				}
				local, remote := doc(t, s.local), doc(t, s.remote)
				got, conflicts := view.Merge(base, local, remote)
				if diff := cmp.Diff(text(t, doc(t, s.want)), text(t, got)); diff != "" {
					t.Errorf("merged (-want +got):\n%s", diff)
				}
				if diff := cmp.Diff(s.flags, said(conflicts)); diff != "" {
					t.Errorf("conflicts (-want +got):\n%s", diff)
				}
				if !local.Equal(doc(t, s.local)) || !remote.Equal(doc(t, s.remote)) {
					t.Error("Merge changed what it was given")
				}
			})
		}
	}
}

func TestMergeTakesTheStoredID(t *testing.T) {
	local, remote := doc(t, "a name=x"), doc(t, "@ id=stored")
	if got, _ := view.Merge(nil, local, remote); got.ID != "stored" || got.Schema != view.Schema {
		t.Errorf("id %q, schema %d", got.ID, got.Schema)
	}
}

// A merge may not share maps with what it was made of.
func TestMergeSharesNothing(t *testing.T) {
	const mine, theirs = "a labels.x=1; @ layout.columns=a tables/pods/widths/?a=50 filters/f/filter/?status=[1]", "b labels.x=1; @ tables/x/?columns=[1] favourites/?pods=true"
	local, remote := strings.Replace(mine, "[1]", `["s"]`, 1), strings.Replace(theirs, "[1]", `["s"]`, 1)
	base, l, r := doc(t, ""), doc(t, local), doc(t, remote)
	merged, _ := view.Merge(&base, l, r)
	for name, got := range map[string]view.Document{"merged": merged, "copied": merged.CopyTo(view.Owner{})} {
		for _, m := range got.Members {
			m.Labels["x"] = "2"
		}
		got.Layout.Columns[0], got.Favourites[0] = "z", "z"
		got.Tables["pods"].Widths["a"], got.Tables["x"].Columns[0], got.Filters["f"].Filter.Status[0] = 60, "z", "z"
		delete(got.Members, "a")
		if !l.Equal(doc(t, local)) || !r.Equal(doc(t, remote)) {
			t.Errorf("a change to the %s document reached its sources", name)
		}
		if name == "copied" && merged.Favourites[0] == "z" && len(merged.Members) == 2 {
			t.Error("a change to the copy reached the original")
		}
	}
}

func TestConflictIDs(t *testing.T) {
	base := doc(t, "a name=x; b name=x group=g")
	_, first := view.Merge(&base, doc(t, "a name=1; b name=1 group=1"), doc(t, "a name=2; b name=2 group=2"))
	_, again := view.Merge(&base, doc(t, "a name=3; b name=3 group=3"), doc(t, "a name=4; b name=4 group=4"))
	seen := map[string]bool{}
	for i, c := range first {
		if c.ID != again[i].ID {
			t.Errorf("%s.%s: another id the second time", c.Member, c.Field)
		}
		seen[c.ID] = true
	}
	if len(seen) != 3 {
		t.Errorf("%d different ids for 3 conflicts", len(seen))
	}
}

func TestSettle(t *testing.T) {
	cases := map[string]struct{ base, local, remote, mine, theirs string }{
		"text":             {"a name=x", "a name=y", "a name=z", "a name=y", "a name=z"},
		"cleared here":     {"a group=x name=n", "a name=n", "a group=z name=n", "a name=n", "a group=z name=n"},
		"cleared there":    {"a group=x name=n", "a group=y name=n", "a name=n", "a group=y name=n", "a name=n"},
		"label":            {"a labels.b/c.d=1", "a labels.b/c.d=2", "a labels.b/c.d=3", "a labels.b/c.d=2", "a labels.b/c.d=3"},
		"label gone":       {"a labels.b=1", "a", "a labels.b=3", "a", "a labels.b=3"},
		"layout":           {"@ layout.sort=a", "@ layout.sort=b", "@ layout.sort=c", "@ layout.sort=b", "@ layout.sort=c"},
		"layout gone":      {"a; @ layout.sort=a", "a", "a; @ layout.sort=c", "a", "a; @ layout.sort=c"},
		"unknown":          {"a ?n=1", "a ?n={}", "a ?n=3", "a ?n={}", "a ?n=3"},
		"endpoint":         {"a endpoint.server=a", "a endpoint.server=b endpoint.ca=b", "a endpoint.server=c", "a endpoint.server=b endpoint.ca=b", "a endpoint.server=c"},
		"deleted here":     {"a name=x", "", "a name=z", "", "a name=z"},
		"deleted there":    {"a name=x", "a name=y", "", "a name=y", ""},
		"of the top level": {"@ ?n=1", "@ ?n=2", "@ ?n=3", "@ ?n=2", "@ ?n=3"},
		"a width": {
			"@ tables/a.b/widths/?c.d=50 tables/a.b/sort=n", "@ tables/a.b/widths/?c.d=51 tables/a.b/sort=n", "@ tables/a.b/widths/?c.d=52 tables/a.b/sort=n",
			"@ tables/a.b/widths/?c.d=51 tables/a.b/sort=n", "@ tables/a.b/widths/?c.d=52 tables/a.b/sort=n",
		},
		"a width gone":           {"@ tables/a/widths/?c=50", "", "@ tables/a/widths/?c=52", "", "@ tables/a/widths/?c=52"},
		"a filter's name":        {"@ filters/f/name=a filters/f/kind=k", "@ filters/f/name=b filters/f/kind=k", "@ filters/f/name=c filters/f/kind=k", "@ filters/f/name=b filters/f/kind=k", "@ filters/f/name=c filters/f/kind=k"},
		"a filter deleted here":  {"@ filters/f/name=a", "", "@ filters/f/name=c", "", "@ filters/f/name=c"},
		"a filter deleted there": {"@ filters/f/name=a", "@ filters/f/name=b", "", "@ filters/f/name=b", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			base := doc(t, c.base)
			merged, conflicts := view.Merge(&base, doc(t, c.local), doc(t, c.remote))
			if len(conflicts) != 1 {
				t.Fatalf("conflicts: %s", said(conflicts))
			}
			kept := overTheWire(t, conflicts[0])
			for side, want := range map[bool]string{true: c.mine, false: c.theirs} {
				got, err := view.Settle(merged, kept, side)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(text(t, doc(t, want)), text(t, got)); diff != "" {
					t.Errorf("mine %v (-want +got):\n%s", side, diff)
				}
			}
		})
	}
}

// overTheWire is the conflict after a stay in a file: nil must still be nil.
func overTheWire(t *testing.T, c view.Conflict) view.Conflict {
	t.Helper()
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var back view.Conflict
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(c, back); diff != "" {
		t.Fatalf("the conflict changed in a file (-was +is):\n%s", diff)
	}
	return back
}

func TestSettleRefuses(t *testing.T) {
	d := doc(t, "a name=x")
	gone := view.Conflict{Kind: view.KindField, Member: "b", Field: "name", Mine: json.RawMessage(`"y"`)}
	if _, err := view.Settle(d, gone, true); !errors.Is(err, view.ErrUnknownMember) {
		t.Errorf("a member that is gone: %v", err)
	}
	gone = view.Conflict{Kind: view.KindField, Path: []string{"filters", "f", "name"}, Mine: json.RawMessage(`"y"`)}
	if _, err := view.Settle(d, gone, true); !errors.Is(err, view.ErrUnknownMember) {
		t.Errorf("a filter that is gone: %v", err)
	}
	forged := view.Conflict{Kind: view.KindField, Member: "a", Field: "endpoint", Mine: json.RawMessage(`{"server":"https://me:pass@host"}`)}
	if _, err := view.Settle(d, forged, true); err == nil || strings.Contains(err.Error(), "pass@") {
		t.Errorf("a password in a server: %v", err)
	}
	if _, err := view.Settle(view.Document{Schema: view.Schema + 1}, gone, true); !errors.Is(err, view.ErrNewer) {
		t.Errorf("a newer document: %v", err)
	}
}

func TestAdopt(t *testing.T) {
	local := doc(t, `@ id=mine owner.username=me owner.server=https://old layout.sort=name;
		a name=prod color=red order=A identity=me endpoint.server=https://p endpoint.ca=1;
		b name=lab order=B identity=me endpoint.server=https://l;
		c name=other order=C identity=admin endpoint.server=https://p endpoint.ca=1;
		same name=s order=9 group=g;
		twice order=D name=prod2 identity=me endpoint.server=https://p endpoint.ca=1`)
	remote := doc(t, `@ id=stored revision=7 owner.username=me owner.server=https://new;
		x name=prod-eu order=V000 identity=me endpoint.server=https://p endpoint.ca=1 ?new=1;
		y name=theirs order=V005 identity=me endpoint.server=https://t;
		z name=root order=V002 identity=root endpoint.server=https://p endpoint.ca=1;
		same name=s order=V001`)
	got, moved, conflicts := view.Adopt(local, remote)
	want := doc(t, `@ id=stored revision=7 owner.username=me owner.server=https://new layout.sort=name;
		x name=prod-eu color=red order=V000 identity=me endpoint.server=https://p endpoint.ca=1 ?new=1;
		y name=theirs order=V005 identity=me endpoint.server=https://t;
		z name=root order=V002 identity=root endpoint.server=https://p endpoint.ca=1;
		same name=s group=g order=V001;
		b name=lab order=V006 identity=me endpoint.server=https://l;
		c name=other order=V007 identity=admin endpoint.server=https://p endpoint.ca=1;
		twice name=prod2 order=V008 identity=me endpoint.server=https://p endpoint.ca=1`)
	if diff := cmp.Diff(text(t, want), text(t, got)); diff != "" {
		t.Errorf("adopted (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{"a": "x"}, moved); diff != "" {
		t.Errorf("moved (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff("x.name: prod|prod-eu", said(conflicts)); diff != "" {
		t.Errorf("conflicts (-want +got):\n%s", diff)
	}
	again, moved, conflicts := view.Adopt(got, remote)
	if !again.Equal(got) || len(moved) > 0 || len(conflicts) > 0 {
		t.Errorf("a second time it gives something else: %s, moved %v", said(conflicts), moved)
	}
}
