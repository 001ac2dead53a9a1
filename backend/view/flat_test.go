package view_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/view"
)

// flat is a document as these tests see it, made from its JSON and not from the package's own ideas: one text for each piece
// that merges by itself. A member that has no field at all is a piece with an empty name. A saved filter is a member, of a name
// that none can have; what lies deeper than a section has keys with "/" between them.
type flat map[piece]string

type piece struct{ member, section, key string }

const filterMark = "filter "

// named is the piece as a Conflict names it.
func (p piece) named() (member, field string) {
	if id, isFilter := strings.CutPrefix(p.member, filterMark); isFilter {
		return "", strings.Trim("filters."+id+"."+p.key, ".")
	}
	return p.member, strings.Trim(p.section+"."+strings.ReplaceAll(p.key, "/", "."), ".")
}

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
	var filters, tables map[string]map[string]json.RawMessage
	open(tb, top["filters"], &filters)
	for id, o := range filters {
		f[piece{filterMark + id, "", ""}] = "member"
		f.add(tb, filterMark+id, o)
	}
	open(tb, top["tables"], &tables)
	for kind, o := range tables {
		var widths map[string]json.RawMessage
		open(tb, o["widths"], &widths)
		delete(o, "widths")
		for k, v := range o {
			f[piece{"", "tables", kind + "/" + k}] = string(v)
		}
		for k, v := range widths {
			f[piece{"", "tables", kind + "/widths/" + k}] = string(v)
		}
	}
	for _, k := range []string{"members", "schema", "id", "revision", "filters", "tables"} {
		delete(top, k)
	}
	f.add(tb, "", top, "layout", "owner", "favourites")
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
	top := map[string]any{"schema": view.Schema, "id": "v", "revision": revision}
	for p, v := range f {
		into := top
		switch id, isFilter := strings.CutPrefix(p.member, filterMark); {
		case isFilter:
			into = inner(inner(top, "filters"), id)
		case p.member != "":
			into = inner(inner(top, "members"), p.member)
		}
		if p.key == "" {
			continue
		}
		keys := []string{p.key}
		if p.section != "" {
			into = inner(into, p.section)
		}
		if p.section == "tables" {
			keys = strings.Split(p.key, "/")
		}
		for _, k := range keys[:len(keys)-1] {
			into = inner(into, k)
		}
		into[keys[len(keys)-1]] = json.RawMessage(v)
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

func inner(o map[string]any, key string) map[string]any {
	if o[key] == nil {
		o[key] = map[string]any{}
	}
	return o[key].(map[string]any)
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
