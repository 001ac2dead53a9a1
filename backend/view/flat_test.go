package view_test

import (
	"encoding/json"
	"maps"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/view"
)

// flat is a document as these tests see it, made from its JSON and not from the package's own ideas: one text for each piece
// that merges by itself. A member that has no field at all is a piece with an empty name.
type flat map[piece]string

type piece struct{ member, section, key string }

func flatten(tb testing.TB, d view.Document) flat {
	tb.Helper()
	b, err := json.Marshal(d)
	if err != nil {
		tb.Fatal(err)
	}
	var top map[string]json.RawMessage
	open(tb, b, &top)
	f := flat{}
	var members map[string]map[string]json.RawMessage
	open(tb, top["members"], &members)
	for id, m := range members {
		f[piece{id, "", ""}] = "member"
		f.add(tb, id, m, "labels")
	}
	for _, k := range []string{"members", "schema", "id", "revision"} {
		delete(top, k)
	}
	f.add(tb, "", top, "layout", "owner")
	return f
}

func (f flat) add(tb testing.TB, member string, o map[string]json.RawMessage, sections ...string) {
	tb.Helper()
	for _, s := range sections {
		var inner map[string]json.RawMessage
		open(tb, o[s], &inner)
		for k, v := range inner {
			f[piece{member, s, k}] = string(v)
		}
		delete(o, s)
	}
	for k, v := range o {
		f[piece{member, "", k}] = string(v)
	}
}

// document is the way back.
func (f flat) document(tb testing.TB, revision int64) view.Document {
	tb.Helper()
	members := map[string]map[string]any{}
	top := map[string]any{"schema": view.Schema, "id": "v", "revision": revision, "members": members}
	for p := range f {
		if p.member != "" {
			members[p.member] = map[string]any{}
		}
	}
	for p, v := range f {
		into := top
		if p.member != "" {
			into = members[p.member]
		}
		if p.key == "" {
			continue
		}
		if p.section != "" {
			if into[p.section] == nil {
				into[p.section] = map[string]any{}
			}
			into = into[p.section].(map[string]any)
		}
		into[p.key] = json.RawMessage(v)
	}
	b, err := json.Marshal(top)
	if err != nil {
		tb.Fatal(err)
	}
	d, err := view.Parse(b)
	if err != nil {
		tb.Fatalf("%v: %s", err, b)
	}
	return d
}

func (f flat) has(member string) bool { _, found := f[piece{member, "", ""}]; return found }

func (f flat) of(member string) flat {
	c := maps.Clone(f)
	maps.DeleteFunc(c, func(p piece, _ string) bool { return p.member != member })
	return c
}

func open(tb testing.TB, b json.RawMessage, at any) {
	tb.Helper()
	if b == nil {
		return
	}
	if err := json.Unmarshal(b, at); err != nil {
		tb.Fatal(err)
	}
}
