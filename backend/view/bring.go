package view

import (
	"fmt"
	"maps"
	"slices"
)

// Bring takes in what the person set up in another view of theirs beside its members: how tables look, saved filters, favourites,
// with what newer versions know of them. What is here already stays: the table of a kind, and a filter of the same name and kind.
// members says under which id a member of that view is here; a filter goes on naming one that isn't, so that it shows no more than
// it did.
func Bring(from Document, members map[string]string) Edit {
	from = from.clone()
	return Edit{func(d *Document) error {
		bringTables(d, from)
		bringFilters(d, from, members)
		for _, kind := range from.Favourites {
			d.Favourites = d.Favourites.with(kind, true)
		}
		for _, kept := range []struct {
			field string
			count int
			most  int
		}{
			{"tables", len(d.Tables), maxEnteredKinds},
			{"filters", len(d.Filters), maxEnteredFilters},
			{"favourites", len(d.Favourites), maxEnteredKinds},
		} {
			if kept.count > kept.most {
				return &FieldError{Field: kept.field, Problem: fmt.Sprintf("would be %d in both views together, and a view can have at most %d", kept.count, kept.most)}
			}
		}
		return nil
	}}
}

func bringTables(d *Document, from Document) {
	if d.Tables == nil {
		d.Tables = map[string]TableLayout{}
	}
	for kind, l := range from.Tables {
		if _, there := d.Tables[kind]; !there {
			d.Tables[kind] = l.clone()
		}
	}
}

func bringFilters(d *Document, from Document, members map[string]string) {
	type title struct{ name, kind string }
	there := map[title]bool{}
	for _, f := range d.Filters {
		there[title{f.Name, f.Kind}] = true
	}
	if d.Filters == nil {
		d.Filters = map[string]SavedFilter{}
	}
	for _, id := range slices.Sorted(maps.Keys(from.Filters)) {
		f := from.Filters[id].clone()
		if there[title{f.Name, f.Kind}] {
			continue
		}
		for i, member := range f.Filter.Members {
			if here, known := members[member]; known {
				f.Filter.Members[i] = here
			}
		}
		d.Filters[NewID()] = f
	}
}
