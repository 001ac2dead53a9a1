package view

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// leaves is a record cut into the pieces that merge one by one, each in canonical form, so that fields of any type, known
// or not, are merged by the same few lines. An absent piece is a zero or missing field.
type leaves map[path]json.RawMessage

// path is where a piece belongs: the keys from the record down. Any text can be a key, so how many there are is told apart.
type path struct {
	depth int
	keys  [4]string // tables, a kind, widths, a column
}

func pathOf(keys ...string) path {
	p := path{depth: min(len(keys), len(path{}.keys))}
	copy(p.keys[:], keys)
	return p
}

func (p path) list() []string { return append([]string(nil), p.keys[:p.depth]...) }

// below is the path of what a record that lies at p has at inner.
func (p path) below(inner path) path { return pathOf(append(p.list(), inner.list()...)...) }

// under says whether p is at or below the other.
func (p path) under(o path) bool {
	return p.depth >= o.depth && slices.Equal(p.keys[:o.depth], o.keys[:o.depth])
}

// String is the path as a Conflict names it, for people.
func (p path) String() string { return strings.Join(p.list(), ".") }

// shape says which fields of an object are cut further, and how; "*" is any. An endpoint or a filter stays whole.
type shape map[string]shape

func documentShape() shape {
	return shape{"owner": {}, "layout": {}, "favourites": {}, "tables": {"*": {"widths": {}}}}
}

func memberShape() shape { return shape{"labels": {}} }

// of is the shape of a field; false: it is a piece.
func (s shape) of(key string) (shape, bool) {
	if inner, found := s[key]; found {
		return inner, true
	}
	inner, found := s["*"]
	return inner, found
}

// documentLeaves are the document's own fields: neither what identifies it nor what it has by id.
func documentLeaves(d Document) leaves {
	d.Schema, d.ID, d.Revision, d.Members, d.Filters = 0, "", 0, nil, nil
	return cut(encode(&d), documentShape())
}

func memberLeaves(m Member) leaves { return cut(encode(&m), memberShape()) }

func filterLeaves(f SavedFilter) leaves { return cut(encode(&f), shape{}) }

func cut(o object, s shape) leaves {
	l := make(leaves, len(o))
	l.add(path{}, o, s)
	return l
}

// add puts the pieces of an object at p.
func (l leaves) add(at path, o object, s shape) {
	for key, value := range o {
		p := at.below(pathOf(key))
		var inner object
		if deeper, further := s.of(key); further && json.Unmarshal(value, &inner) == nil && inner != nil {
			l.add(p, inner, deeper)
			continue
		}
		l[p] = value
	}
}

// into fills a record with the pieces; what it had besides (an id, the members) stays.
func (l leaves) into(rec record) {
	tree := map[string]any{}
	for p, value := range l {
		at := tree
		for _, key := range p.keys[:p.depth-1] {
			inner, _ := at[key].(map[string]any)
			if inner == nil {
				inner = map[string]any{}
				at[key] = inner
			}
			at = inner
		}
		at[p.keys[p.depth-1]] = value
	}
	o := object{}
	for key, value := range tree {
		o[key] = raw(value)
	}
	r := reader{mode: trusted}
	r.record(rec, o, "")
}

func (l leaves) equal(o leaves) bool {
	return maps.EqualFunc(l, o, func(a, b json.RawMessage) bool { return bytes.Equal(a, b) })
}

// with are the pieces with another value at p, nil is none. p may lie above pieces: a program that didn't know of them took them
// for one.
func (l leaves) with(p path, value json.RawMessage, s shape) leaves {
	c := maps.Clone(l)
	if p.depth == 0 {
		return c
	}
	maps.DeleteFunc(c, func(o path, _ json.RawMessage) bool { return o.under(p) })
	if value == nil {
		return c
	}
	keys := p.list()
	for _, key := range keys[:len(keys)-1] {
		s, _ = s.of(key)
	}
	c.add(pathOf(keys[:len(keys)-1]...), object{keys[len(keys)-1]: value}, s)
	return c
}
