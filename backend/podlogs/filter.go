package podlogs

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// filter is what a Query asks of a line.
type filter struct {
	search string // in lower case
	ascii  bool   // it has no other letters
	levels []Level
	source string
	after  int64
}

func (q Query) filter() filter {
	search := strings.ToLower(q.Search)
	f := filter{search: search, levels: slices.Clone(q.Levels), source: q.Source, after: q.After, ascii: true}
	for i := range len(search) {
		f.ascii = f.ascii && search[i] < utf8.RuneSelf
	}
	return f
}

func (f filter) equal(o filter) bool {
	return f.search == o.search && f.source == o.source && f.after == o.after && slices.Equal(f.levels, o.levels)
}

func (f filter) pass(e *entry) bool {
	switch {
	case e.no <= f.after:
		return false
	case f.source != "" && e.source.key != f.source:
		return false
	case len(f.levels) > 0 && !slices.Contains(f.levels, e.level):
		return false
	case f.search == "":
		return true
	case f.ascii:
		return containsFold(e.text, f.search)
	}
	return strings.Contains(strings.ToLower(e.text), f.search)
}

// containsFold finds ASCII text in any case, without making a copy of the line.
func containsFold(text, lower string) bool {
	first := lower[0]
	for i := 0; i+len(lower) <= len(text); i++ {
		if fold(text[i]) == first && equalFold(text[i:i+len(lower)], lower) {
			return true
		}
	}
	return false
}

func equalFold(text, lower string) bool {
	for i := range len(lower) {
		if fold(text[i]) != lower[i] {
			return false
		}
	}
	return true
}

func fold(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c | 0x20
	}
	return c
}
