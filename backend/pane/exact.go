package pane

import (
	"slices"
	"strings"
)

// cellConditions take rows by whole cells: of each column that is named, one of the texts.
func cellConditions(cells []string) (out []condition) {
	var columns []string
	texts := map[string][]string{}
	for _, cell := range cells {
		column, text, _ := strings.Cut(cell, "=")
		if texts[column] == nil {
			columns = append(columns, column)
		}
		if !slices.Contains(texts[column], text) {
			texts[column] = append(texts[column], text)
		}
	}
	for _, column := range columns {
		out = append(out, textCondition(column, texts[column], func(s *Store) []uint32 { return s.field(column) }))
	}
	return out
}

// field is the values of any column of texts, or nothing but blanks.
func (s *Store) field(id string) []uint32 {
	switch id {
	case ColumnName:
		return s.names
	case ColumnNamespace:
		return s.namespaces
	}
	return s.texts(id)
}

// Tally counts the texts that a column has in the rows that pass a filter: the most frequent first, and most of them at most.
func (t *Table) Tally(filter Filter, column string, most int) []Facet {
	defer t.hold()()
	l := t.layout()
	f := filter.filter(l.status)
	counted := newTally(nil)
	t.each(func(_ int, s *Store) {
		if f.takes(s) {
			counted.add(s, s.field(column), s.passing(f.namespaces, f.status, f.other))
		}
	})
	return counted.facets(most)
}
