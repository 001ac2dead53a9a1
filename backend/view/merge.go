package view

import (
	"bytes"
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
	m.fields("", documentLeaves(*base), documentLeaves(local), documentLeaves(remote)).into(&doc)
	doc.Members = m.members(base.Members, local.Members, remote.Members)
	slices.SortFunc(m.conflicts, compareConflicts)
	return doc, m.conflicts
}

type merger struct{ conflicts []Conflict }

func (m *merger) members(base, local, remote map[string]Member) map[string]Member {
	members := make(map[string]Member, max(len(local), len(remote)))
	ids := maps.Clone(local)
	if ids == nil {
		ids = map[string]Member{}
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
				old = memberLeaves(b)
			}
			var merged Member
			m.fields(id, old, memberLeaves(l), memberLeaves(r)).into(&merged)
			members[id] = merged
		case here && (!agreed || m.edited(id, b, l, true)):
			members[id] = l.clone()
		case there && (!agreed || m.edited(id, b, r, false)):
			members[id] = r.clone()
		}
	}
	return members
}

// edited says whether a member that one side has deleted was changed on the other, and notes the conflict if so.
func (m *merger) edited(id string, base, now Member, mine bool) bool {
	if memberLeaves(base).equal(memberLeaves(now)) {
		return false
	}
	c := newConflict(KindDeleted, id, path{})
	if value := raw(encode(&now)); mine {
		c.Mine = value
	} else {
		c.Theirs = value
	}
	m.conflicts = append(m.conflicts, c)
	return true
}

// fields merges one record; member is "" for the document's own.
func (m *merger) fields(member string, base, local, remote leaves) leaves {
	merged := maps.Clone(remote)
	all := maps.Clone(local)
	maps.Copy(all, remote)
	for p := range all {
		b, l, r := base[p], local[p], remote[p] // nil when absent
		switch {
		case bytes.Equal(l, r) || bytes.Equal(l, b):
		case !bytes.Equal(r, b):
			c := newConflict(KindField, member, p)
			c.Mine, c.Theirs = l, r
			m.conflicts = append(m.conflicts, c)
		case l == nil:
			delete(merged, p)
		default:
			merged[p] = l
		}
	}
	return merged
}
