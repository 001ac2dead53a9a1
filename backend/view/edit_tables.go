package view

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// What a person can have of each; a merge adds up what two machines have.
const (
	maxEnteredKinds   = 200 // tables, and favourites
	maxEnteredFilters = 200
	maxEnteredColumns = maxColumns / 2
)

// SetTable sets how the table of a kind looks; an empty layout goes back to the default. What newer versions know of it stays.
func SetTable(kind string, l TableLayout) Edit {
	return Edit{func(d *Document) error {
		if problem := checkKind(kind); problem != "" {
			return &FieldError{Field: "tables", Problem: problem}
		}
		old, there := d.Tables[kind]
		if !there && len(d.Tables) >= maxEnteredKinds {
			return &FieldError{Field: "tables", Problem: fmt.Sprintf("a view can keep at most %d tables", maxEnteredKinds)}
		}
		l := l.clone()
		l.unknown = old.unknown
		if field, problem := l.check(); problem != "" {
			return &FieldError{Field: "tables." + kind + "." + field, Problem: problem}
		}
		if d.Tables == nil {
			d.Tables = map[string]TableLayout{}
		}
		if d.Tables[kind] = l; len(encode(&l)) == 0 {
			delete(d.Tables, kind)
		}
		return nil
	}}
}

func (l TableLayout) check() (field, problem string) {
	switch {
	case len(l.Columns) > maxEnteredColumns:
		return "columns", tooMany(maxEnteredColumns)
	case len(l.Widths) > maxEnteredColumns:
		return "widths", tooMany(maxEnteredColumns)
	}
	for _, column := range append(slices.Sorted(maps.Keys(l.Widths)), l.Columns...) {
		if p := enterable(column, maxColumn); p != "" || column == "" {
			return "columns", "a column's id " + cmp.Or(p, "must not be empty")
		}
	}
	for _, width := range l.Widths {
		if width < MinWidth || width > MaxWidth {
			return "widths", fmt.Sprintf("must be from %d to %d", MinWidth, MaxWidth)
		}
	}
	return "sort", enterable(l.Sort, maxColumn)
}

// PutFilter saves a filter under an id: a fresh one (NewID), or that of the filter that it replaces. What newer versions know of
// it stays.
func PutFilter(id string, f SavedFilter) Edit {
	return Edit{func(d *Document) error {
		if problem := checkID(id); problem != "" {
			return &FieldError{Field: "filters", Problem: "an id " + problem}
		}
		old, there := d.Filters[id]
		if !there && len(d.Filters) >= maxEnteredFilters {
			return &FieldError{Field: "filters", Problem: fmt.Sprintf("a view can keep at most %d filters", maxEnteredFilters)}
		}
		f := f.clone()
		f.unknown, f.Filter.unknown = old.unknown, old.Filter.unknown
		f.Name = strings.TrimSpace(f.Name)
		if field, problem := f.check(); problem != "" {
			return &FieldError{Field: "filters." + id + "." + field, Problem: problem}
		}
		if d.Filters == nil {
			d.Filters = map[string]SavedFilter{}
		}
		d.Filters[id] = f
		return nil
	}}
}

func (f SavedFilter) check() (field, problem string) {
	if p := enterable(f.Name, maxName); p != "" || f.Name == "" {
		return "name", cmp.Or(p, "must not be empty")
	}
	if p := checkKind(f.Kind); p != "" {
		return "kind", p
	}
	if f.Filter.Within < 0 || f.Filter.Within > MaxWithin {
		return "filter.within", fmt.Sprintf("must be from 0 to %d", MaxWithin)
	}
	for _, part := range f.Filter.fields() {
		texts := []string{}
		switch at := part.at.(type) {
		case *string:
			texts = append(texts, *at)
		case *[]string:
			texts = *at
		}
		if len(texts) > maxTerms/2 {
			return "filter." + part.key, tooMany(maxTerms / 2)
		}
		for _, text := range texts {
			if p := enterable(text, part.limit); p != "" {
				return "filter." + part.key, p
			}
		}
	}
	return "", ""
}

// RemoveFilter takes saved filters out. Ids that are not there are fine: another machine was faster.
func RemoveFilter(ids ...string) Edit {
	return Edit{func(d *Document) error {
		for _, id := range ids {
			delete(d.Filters, id)
		}
		return nil
	}}
}

// SetFavourite makes a kind one of the favourites, or none.
func SetFavourite(kind string, on bool) Edit {
	return Edit{func(d *Document) error {
		if problem := checkKind(kind); problem != "" {
			return &FieldError{Field: "favourites", Problem: problem}
		}
		if on && len(d.Favourites) >= maxEnteredKinds {
			return &FieldError{Field: "favourites", Problem: fmt.Sprintf("a view can have at most %d favourites", maxEnteredKinds)}
		}
		d.Favourites = d.Favourites.with(kind, on)
		return nil
	}}
}
