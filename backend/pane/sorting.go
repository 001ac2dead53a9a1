package pane

import (
	"cmp"
	"strings"
)

// sorting is an order of rows. It is total: rows that are alike are told apart by name, namespace, member and ID.
type sorting struct {
	column string // id; "" when kind says it all
	kind   kind
	desc   bool
}

// face is a store as a sorting sees it.
type face struct {
	*Store
	sorting
	place  int      // of the store among the members
	values []uint32 // of the column by slot; nil when the store hasn't got it
}

func (s *Store) face(by sorting, place int) face {
	f := face{Store: s, sorting: by, place: place}
	switch by.column {
	case ColumnName:
		f.values = s.names
	case ColumnNamespace:
		f.values = s.namespaces
	case ColumnAge:
		f.values = s.created
	default:
		if i := s.columnAt(by.column); i >= 0 && s.columns[i].moment == (by.kind == byMoment) {
			f.values = s.columns[i].values
		}
	}
	return f
}

// compare orders row x of f and row y of g, where both are faces of one sorting.
func compare(f *face, x slot, g *face, y slot) int {
	if c := compareValues(f, x, g, y); c != 0 {
		return c
	}
	if f.Store == g.Store && f.names[x] == g.names[y] && f.namespaces[x] == g.namespaces[y] {
		return strings.Compare(f.ids[x], g.ids[y])
	}
	return cmp.Or(
		compareWords(&f.words.words[f.names[x]], &g.words.words[g.names[y]]),
		compareWords(&f.words.words[f.namespaces[x]], &g.words.words[g.namespaces[y]]),
		cmp.Compare(f.place, g.place),
		strings.Compare(f.ids[x], g.ids[y]))
}

func compareValues(f *face, x slot, g *face, y slot) int {
	switch f.kind {
	case byName:
		return 0
	case byMember:
		return f.turn(cmp.Compare(f.place, g.place))
	case byText:
		a, b := f.word(x), g.word(y)
		if c := cmp.Compare(a.shapes&blankShape, b.shapes&blankShape); c != 0 || a.shapes&blankShape != 0 {
			return c
		}
		return f.turn(compareWords(a, b))
	default:
		return cmp.Compare(f.number(x), g.number(y))
	}
}

func (f *face) turn(c int) int {
	if f.desc {
		return -c
	}
	return c
}

// word is a row's text in the column.
func (f *face) word(x slot) *word {
	if f.values == nil {
		return &f.words.words[0]
	}
	return &f.words.words[f.values[x]]
}

// number is a row's place in a sort by numbers, the direction included.
func (f *face) number(x slot) uint64 {
	if f.values == nil {
		return last
	}
	return f.numberOf(f.values[x])
}

func (f *face) numberOf(value uint32) uint64 {
	var key uint64
	switch {
	case f.kind != byAge && f.kind != byMoment:
		key = f.kind.key(f.text(value))
	case value == 0:
		key = last
	case f.kind == byAge:
		key = uint64(^value) // the later it was made, the younger it is
	default:
		key = uint64(value)
	}
	if f.desc && key != last {
		key = last - 1 - key
	}
	return key
}
