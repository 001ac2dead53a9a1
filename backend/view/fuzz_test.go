package view_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/view"
)

// FuzzMerge makes a base and two descendants of it from the fuzz bytes and holds Merge to its table, which is written down
// here a second time over the flat form, and to what follows from it.
func FuzzMerge(f *testing.F) {
	f.Add([]byte{}, []byte{}, []byte{})
	f.Add([]byte{0, 1, 2, 10, 3, 4, 20, 5, 6}, []byte{0, 1, 3, 0x83, 9, 9}, []byte{0, 1, 7, 10, 3, 4, 0xff, 1, 1})
	f.Add(bytes.Repeat([]byte{1, 2, 3, 70, 11, 12, 200}, 9), []byte{0x80, 0, 0}, []byte{0x40, 0, 1, 5, 4, 3})
	f.Fuzz(func(t *testing.T, b, l, r []byte) {
		if len(b)+len(l)+len(r) > 600 {
			return
		}
		baseFlat := flat{}
		baseFlat.change(b)
		localFlat, remoteFlat := maps.Clone(baseFlat), maps.Clone(baseFlat)
		localFlat.change(l)
		remoteFlat.change(r)
		base, local, remote := baseFlat.document(t, 1), localFlat.document(t, 2), remoteFlat.document(t, 3)

		merged, conflicts := view.Merge(&base, local, remote)
		want, wantConflicts := expected(baseFlat, localFlat, remoteFlat)
		if diff := cmp.Diff(text(t, want.document(t, 3)), text(t, merged)); diff != "" {
			t.Fatalf("merged (-want +got):\n%s", diff)
		}
		if len(conflicts) != wantConflicts {
			t.Fatalf("%d conflicts, want %d: %s", len(conflicts), wantConflicts, said(conflicts))
		}

		back, backConflicts := view.Merge(&base, remote, local)
		if diff := cmp.Diff(ids(conflicts), ids(backConflicts)); diff != "" {
			t.Fatalf("the other side sees other conflicts:\n%s", diff)
		}
		for _, c := range conflicts { // settled for the other side, both documents are one
			if c.Kind == view.KindField {
				var err error
				if back, err = view.Settle(back, flip(c), true); err != nil {
					t.Fatal(err)
				}
			}
		}
		if !back.Equal(merged) {
			t.Fatalf("from the other side (-one +other):\n%s", cmp.Diff(text(t, merged), text(t, back)))
		}
		same(t, "equals", &base, remote, remote, remote)
		same(t, "nothing changed here", &base, base, remote, remote)
		same(t, "nothing changed there", &base, local, base, local)
		same(t, "a second time", &merged, merged, merged, merged)
		same(t, "never agreed, equals", nil, local, local, local)
	})
}

// flip is the conflict as the other machine has it.
func flip(c view.Conflict) view.Conflict {
	c.Mine = c.Theirs
	return c
}

func ids(conflicts []view.Conflict) []string {
	out := make([]string, 0, len(conflicts))
	for _, c := range conflicts {
		out = append(out, c.ID)
	}
	slices.Sort(out)
	return out
}

func same(t *testing.T, name string, base *view.Document, local, remote, want view.Document) {
	t.Helper()
	got, conflicts := view.Merge(base, local, remote)
	want.Revision = got.Revision
	if !got.Equal(want) || len(conflicts) > 0 {
		t.Fatalf("%s: %s (-want +got):\n%s", name, said(conflicts), cmp.Diff(text(t, want), text(t, got)))
	}
}

// change does one thing for every three bytes: set a piece, clear it, or delete a member.
func (f flat) change(b []byte) {
	keys := []piece{
		{"", "", "name"},
		{"", "", "group"},
		{"", "", "order"},
		{"", "", "identity"},
		{"", "labels", "a"},
		{"", "labels", "b/c.d"},
		{"", "labels", "\u00e9"},
		{"", "", "future"},
		{"", "", "off"},
		{"", "", "endpoint"},
		{"", "", "guard"},
	}
	filterKeys := []piece{{"", "", "name"}, {"", "", "kind"}, {"", "", "filter"}, {"", "", "future"}}
	top := []piece{
		{"", "tables", "pods/sort"},
		{"", "tables", "pods/widths/c:a.b"},
		{"", "tables", "pods/widths/name"},
		{"", "tables", "pods/future"},
		{"", "tables", "deployments.apps/desc"},
		{"", "tables", "deployments.apps/columns"},
		{"", "favourites", "pods"},
		{"", "favourites", "x.y"},
		{"", "layout", "sort"},
		{"", "layout", "desc"},
		{"", "layout", "future"},
		{"", "owner", "ca"},
		{"", "", "future"},
		{"", "owner", "?"},
	}
	values := map[string][]string{
		"off": {"true"}, "desc": {"true"}, "endpoint": {`{"server":"https://a"}`, `{"ca":"x","server":"https://b"}`, `{"next":[1,{"a":null}]}`},
		"future": {"1", "1.0", "null", `{"a":[1,2]}`, `"\u003c"`, "12345678901234567890123"}, "?": {"[]", "false"},
		"guard": {`"protected"`, `"readOnly"`, `"sealed"`, `"moon"`}, "kind": {`"pods"`, `"deployments.apps"`},
		"filter":            {`{"members":["a"],"search":"x"}`, `{"search":"y"}`, `{"next":[1]}`},
		"pods/widths/c:a.b": {"40", "100", "2000"}, "pods/widths/name": {"41", "42"}, "pods/future": {"1", `{"a":{}}`},
		"deployments.apps/desc": {"true"}, "deployments.apps/columns": {`["a"]`, `["b","c:X Y"]`}, "pods": {"true"}, "x.y": {"true"},
	}
	memberKeys := keys
	for ; len(b) >= 3; b = b[3:] {
		keys := memberKeys
		member := string("abcd"[b[0]&3])
		switch {
		case b[0] >= 0xf0:
			maps.DeleteFunc(f, func(p piece, _ string) bool { return p.member == member })
			continue
		case b[0] >= 0x80:
			member = ""
		case b[0] >= 0x60:
			if member = filterMark + string("fg"[b[0]&1]); b[0] >= 0x7c {
				maps.DeleteFunc(f, func(p piece, _ string) bool { return p.member == member })
				continue
			}
			keys = filterKeys
			if f[piece{member, "", "name"}] == "" {
				f[piece{member, "", "name"}] = `"N"` // one without anything is none
			}
		}
		p := top[int(b[1])%len(top)]
		if member != "" {
			p = keys[int(b[1])%len(keys)]
			p.member = member
			f[piece{member, "", ""}] = "member"
		}
		choice := append(slices.Clone(values[p.key]), "")
		switch {
		case p.key == "name" && strings.HasPrefix(member, filterMark):
			choice = []string{`"N"`, `"M"`, `"O"`}
		case values[p.key] == nil:
			choice = []string{`"A"`, `"B"`, `"C"`, `"D"`, ""}
		}
		if f[p] = choice[int(b[2])%len(choice)]; f[p] == "" {
			delete(f, p)
		}
	}
}

// expected is Merge's table over the flat form.
func expected(base, local, remote flat) (flat, int) {
	out, conflicts := flat{}, 0
	members := map[string]bool{"": true}
	for _, f := range []flat{local, remote} {
		for p := range f {
			members[p.member] = true
		}
	}
	for m := range members {
		b, l, r := base.of(m), local.of(m), remote.of(m)
		if m != "" && base.has(m) && local.has(m) != remote.has(m) {
			edited := l
			if remote.has(m) {
				edited = r
			}
			if !maps.Equal(edited, b) {
				maps.Copy(out, edited)
				conflicts++
			}
			continue
		}
		all := maps.Clone(l)
		maps.Copy(all, r)
		for p := range all {
			v := r[p]
			if r[p] == b[p] {
				v = l[p]
			}
			if p.key == "guard" && l[p] != b[p] && r[p] != b[p] { // the stricter one, and nothing to ask
				order := []string{"", `"protected"`, `"readOnly"`, `"moon"`, `"sealed"`}
				out[p] = order[max(slices.Index(order, l[p]), slices.Index(order, r[p]))]
				continue
			}
			if v != "" {
				out[p] = v
			}
			if l[p] != r[p] && l[p] != b[p] && r[p] != b[p] {
				conflicts++
			}
		}
	}
	return out, conflicts
}

// FuzzParse: no input may panic, and what is read is written back as the same document.
func FuzzParse(f *testing.F) {
	f.Add([]byte(docJSON(f, "a name=x labels.env=prod ?n={} endpoint.server=https://x; @ layout.columns=a,b ?m=[1]")))
	f.Add([]byte(docJSON(f, "a guard=sealed; @ tables/pods/widths/?c:x=7 tables/pods/?n=1 tables/a.b/?columns=[] filters/f/name=n filters/f/filter/?status=[\"x\"] favourites/?pods=true")))
	f.Add([]byte(`{"schema":1,"id":"v","tables":{"pods":{"widths":{"a":99999999999999999999}}},"favourites":["x"],"filters":{"":{}}}`))
	f.Add([]byte(`{"schema":2,"id":"x","members":{"a":{"name":7,"color":"red"},"b":[]}}`))
	f.Add([]byte(`{"schema":1,"schema":1}`))
	f.Add([]byte("{\"schema\":1,\"id\":\"v\",\"members\":{\"a\":{\"name\":\"\u202eevil\\u0000\\ud800\"}}}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := view.Upgrade(b)
		if _, parseErr := view.Parse(b); (parseErr == nil) != (err == nil) {
			t.Fatalf("Upgrade %v, Parse %v", err, parseErr)
		}
		if err != nil {
			if _, writeErr := json.Marshal(d); errors.Is(err, view.ErrNewer) && !errors.Is(writeErr, view.ErrNewer) {
				t.Fatalf("a newer document may be written: %v", writeErr)
			}
			if !errors.Is(err, view.ErrNewer) && !d.IsZero() {
				t.Fatal("a document beside an error")
			}
			return
		}
		once, err := json.Marshal(d)
		if err != nil {
			t.Fatalf("it can be read but not written: %v", err)
		}
		var again view.Document
		if err := json.Unmarshal(once, &again); err != nil {
			t.Fatalf("it can't be read back: %v", err)
		}
		if !again.Equal(d) {
			t.Fatalf("it changed on the way:\n%s", cmp.Diff(string(once), text(t, again)))
		}
	})
}
