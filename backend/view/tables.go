package view

import (
	"maps"
	"slices"
)

// TableLayout is how the person wants the table of one kind of objects. It merges field by field, and its widths one by one.
type TableLayout struct {
	Columns []string       // shown, in order; empty: the default ones
	Widths  map[string]int // px by column, from MinWidth to MaxWidth
	Sort    string         // a column's id; "" is the default order
	Desc    bool

	unknown unknown
}

// The widths that a column can have, in CSS pixels.
const (
	MinWidth = 40
	MaxWidth = 2000
)

// SavedFilter is a filter of one kind's table, under a name.
type SavedFilter struct {
	Name   string
	Kind   string
	Filter Filter // merges as one: parts of two wouldn't be what anybody wanted

	unknown unknown
}

// Filter says which rows to show. Empty fields filter nothing; the values of one field are alternatives.
type Filter struct {
	Members      []string // ids
	Groups       []string // of members
	MemberLabels []string // key=value
	Namespaces   []string
	Status       []string
	Tones        []string
	Cells        []string // "c:Reason=BackOff": a column's id and a whole text
	Within       int      // seconds: rows as new as that; 0 is all
	Labels       string   // a selector on the objects' own labels, as kubectl takes it
	Search       string

	unknown unknown
}

// MaxWithin is the longest time that rows can be filtered by, in seconds: ten years.
const MaxWithin = 10 * 365 * 24 * 60 * 60

// Set is some texts, sorted, each once. It is written as an object, so that what two machines add to it is joined.
type Set []string

// with is the set with the text, or without it. The set itself stays as it is.
func (s Set) with(text string, on bool) Set {
	i, found := slices.BinarySearch(s, text)
	switch {
	case on && !found:
		return slices.Insert(slices.Clone(s), i, text)
	case !on && found:
		return slices.Delete(slices.Clone(s), i, i+1)
	}
	return s
}

func (l TableLayout) clone() TableLayout {
	l.Columns, l.Widths, l.unknown = slices.Clone(l.Columns), maps.Clone(l.Widths), maps.Clone(l.unknown)
	return l
}

func (f SavedFilter) clone() SavedFilter {
	f.unknown, f.Filter = maps.Clone(f.unknown), f.Filter.clone()
	return f
}

func (f Filter) clone() Filter {
	for _, list := range []*[]string{&f.Members, &f.Groups, &f.MemberLabels, &f.Namespaces, &f.Status, &f.Tones, &f.Cells} {
		*list = slices.Clone(*list)
	}
	f.unknown = maps.Clone(f.unknown)
	return f
}

func cloned[T any](m map[string]T, clone func(T) T) map[string]T {
	if m == nil {
		return nil
	}
	c := make(map[string]T, len(m))
	for k, v := range m {
		c[k] = clone(v)
	}
	return c
}
