package view

import (
	"bytes"
	"encoding/json"
	"maps"
	"strings"
)

// leaves is a record cut into the pieces that merge one by one, each in canonical form, so that fields of any type, known
// or not, are merged by the same few lines. An absent piece is a zero or missing field.
type leaves map[path]json.RawMessage

// path is where a piece belongs: a key of the record itself, or of one of its sections.
type path struct{ section, key string }

// String is the path as a Conflict names it.
func (p path) String() string {
	if p.section == "" {
		return p.key
	}
	return p.section + "." + p.key
}

// The sections: what is cut further than the record's own fields. An endpoint stays whole.
const (
	sectionLabels = "labels"
	sectionOwner  = "owner"
	sectionLayout = "layout"
)

// documentLeaves are the document's own fields: neither what identifies it nor its members.
func documentLeaves(d Document) leaves {
	d.Schema, d.ID, d.Revision, d.Members = 0, "", 0, nil
	return cut(encode(&d), sectionOwner, sectionLayout)
}

func memberLeaves(m Member) leaves { return cut(encode(&m), sectionLabels) }

func cut(o object, sections ...string) leaves {
	l := make(leaves, len(o))
	for _, s := range sections {
		var inner object
		if b, found := o[s]; found && json.Unmarshal(b, &inner) == nil {
			for k, v := range inner {
				l[path{s, k}] = v
			}
			delete(o, s)
		}
	}
	for k, v := range o {
		l[path{"", k}] = v
	}
	return l
}

// into fills a record with the pieces; what it had besides (an id, the members) stays.
func (l leaves) into(rec record) {
	o, sections := object{}, map[string]object{}
	for p, v := range l {
		if p.section == "" {
			o[p.key] = v
			continue
		}
		if sections[p.section] == nil {
			sections[p.section] = object{}
		}
		sections[p.section][p.key] = v
	}
	for s, inner := range sections {
		o[s] = raw(inner)
	}
	r := reader{mode: trusted}
	r.record(rec, o, "")
}

// find gives the path that a Conflict names.
func find(field string, sections ...string) path {
	for _, s := range sections {
		if key, found := strings.CutPrefix(field, s+"."); found {
			return path{s, key}
		}
	}
	return path{"", field}
}

func (l leaves) equal(o leaves) bool {
	return maps.EqualFunc(l, o, func(a, b json.RawMessage) bool { return bytes.Equal(a, b) })
}

func (l leaves) with(p path, v json.RawMessage) leaves {
	c := maps.Clone(l)
	if v == nil {
		delete(c, p)
	} else {
		c[p] = v
	}
	return c
}
