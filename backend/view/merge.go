package view

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
)

// Merge joins what this machine has (local) with what the primary has (remote), by what they last agreed on (base); base is
// nil when they never did. It works field by field, label by label:
//
//	changed on one side               that side's value
//	changed alike on both             that value
//	changed differently on both       remote's value, and ours in a Conflict
//	deleted and untouched             deleted
//	deleted and edited                the edited member, and a Conflict of KindDeleted
//	added on both under one id        field by field
//	a guard, changed differently      the stricter one
//
// Saved filters are merged like members, tables and favourites like the document's other fields.
//
// Both must be one view of this schema: see OwnedBy, and Adopt when the ids differ; the answer has remote's ID. Its Revision
// is the larger of the two; whoever writes it adds one. Since every machine merges into what the primary has, and the
// primary takes only one write at a time, machines that stop editing end up equal.
func Merge(base *Document, local, remote Document) (Document, []Conflict) {
	if base == nil {
		base = &Document{}
	}
	doc := Document{Schema: max(local.Schema, remote.Schema), ID: remote.ID, Revision: max(local.Revision, remote.Revision)}
	m := merger{}
	m.fields("", path{}, documentLeaves(*base), documentLeaves(local), documentLeaves(remote)).into(&doc)
	doc.Members = byID(&m, mergeable[Member]{
		leaves: memberLeaves, clone: Member.clone, encode: func(v Member) object { return encode(&v) },
		build: func(l leaves) (v Member) { l.into(&v); return v },
		place: func(id string) (string, path) { return id, path{} },
	}, base.Members, local.Members, remote.Members)
	doc.Filters = byID(&m, mergeable[SavedFilter]{
		leaves: filterLeaves, clone: SavedFilter.clone, encode: func(v SavedFilter) object { return encode(&v) },
		build: func(l leaves) (v SavedFilter) { l.into(&v); return v },
		place: func(id string) (string, path) { return "", pathOf("filters", id) },
	}, base.Filters, local.Filters, remote.Filters)
	slices.SortFunc(m.conflicts, compareConflicts)
	return doc, m.conflicts
}

type merger struct{ conflicts []Conflict }

// mergeable is what there is to know of things that have an id, and are added and deleted as one.
type mergeable[T any] struct {
	leaves func(T) leaves
	build  func(leaves) T
	clone  func(T) T
	encode func(T) object
	place  func(id string) (member string, at path) // for conflicts
}

func byID[T any](m *merger, k mergeable[T], base, local, remote map[string]T) map[string]T {
	merged := make(map[string]T, max(len(local), len(remote)))
	ids := maps.Clone(local)
	if ids == nil {
		ids = map[string]T{}
	}
	maps.Copy(ids, remote)
	for id := range ids {
		b, agreed := base[id]
		l, here := local[id]
		r, there := remote[id]
		switch {
		case here && there:
			var old leaves
			if agreed {
				old = k.leaves(b)
			}
			member, at := k.place(id)
			merged[id] = k.build(m.fields(member, at, old, k.leaves(l), k.leaves(r)))
		case here && (!agreed || edited(m, k, id, b, l, true)):
			merged[id] = k.clone(l)
		case there && (!agreed || edited(m, k, id, b, r, false)):
			merged[id] = k.clone(r)
		}
	}
	return merged
}

// edited says whether something that one side has deleted was changed on the other, and notes the conflict if so.
func edited[T any](m *merger, k mergeable[T], id string, base, now T, mine bool) bool {
	if k.leaves(base).equal(k.leaves(now)) {
		return false
	}
	member, at := k.place(id)
	c := newConflict(KindDeleted, member, at)
	if value := raw(k.encode(now)); mine {
		c.Mine = value
	} else {
		c.Theirs = value
	}
	m.conflicts = append(m.conflicts, c)
	return true
}

// fields merges one record; member is "" for the document's own, at is where in the document they lie.
func (m *merger) fields(member string, at path, base, local, remote leaves) leaves {
	merged := maps.Clone(remote)
	all := maps.Clone(local)
	maps.Copy(all, remote)
	for p := range all {
		b, l, r := base[p], local[p], remote[p] // nil when absent
		switch {
		case bytes.Equal(l, r) || bytes.Equal(l, b):
		case bytes.Equal(r, b) && l == nil:
			delete(merged, p)
		case bytes.Equal(r, b):
			merged[p] = l
		case member != "" && p == pathOf("guard"):
			merged[p] = stricter(l, r)
		default:
			c := newConflict(KindField, member, at.below(p))
			c.Mine, c.Theirs = l, r
			m.conflicts = append(m.conflicts, c)
		}
	}
	return merged
}

// stricter is the stricter of two guards, which are not the same: no machine opens what another has just closed. A word that this
// version doesn't know may be stricter than all that it knows.
func stricter(a, b json.RawMessage) json.RawMessage {
	rank := func(guard json.RawMessage) int {
		return slices.Index([]string{"", `"protected"`, `"readOnly"`}, string(guard))
	}
	ra, rb := rank(a), rank(b)
	switch {
	case ra < 0 && rb < 0:
		if bytes.Compare(a, b) > 0 {
			return a
		}
		return b
	case ra < 0 || (rb >= 0 && ra > rb):
		return a
	}
	return b
}
