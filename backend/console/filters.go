package console

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/pane"
	"github.com/binnacle-dev/binnacle/backend/view"
)

// catalogued is what a Catalog has of the view's document.
type catalogued struct {
	members    []string
	tables     map[string]view.TableLayout
	filters    map[string]view.SavedFilter
	favourites view.Set
}

func catalogOf(d view.Document) catalogued {
	return catalogued{members: d.Ordered(), tables: d.Tables, filters: d.Filters, favourites: d.Favourites}
}

// equal takes none and empty for the same: a merge makes one of the other.
func (c catalogued) equal(o catalogued) bool {
	layouts := func(a, b view.TableLayout) bool { return reflect.DeepEqual(a, b) }
	filters := func(a, b view.SavedFilter) bool { return reflect.DeepEqual(a, b) }
	return slices.Equal(c.members, o.members) && slices.Equal(c.favourites, o.favourites) &&
		maps.EqualFunc(c.tables, o.tables, layouts) && maps.EqualFunc(c.filters, o.filters, filters)
}

// keptTables adds what the view keeps of tables.
func keptTables(out *bridge.Catalog, d view.Document) {
	out.Favourites, out.Layouts, out.Filters = list(d.Favourites), []bridge.TableLayout{}, []bridge.SavedFilter{}
	for _, kind := range slices.Sorted(maps.Keys(d.Tables)) {
		t := d.Tables[kind]
		layout := bridge.TableLayout{Kind: kind, Columns: list(t.Columns), Widths: maps.Clone(t.Widths), Sort: t.Sort, Desc: t.Desc}
		if layout.Widths == nil {
			layout.Widths = map[string]int{}
		}
		out.Layouts = append(out.Layouts, layout)
	}
	for id, f := range d.Filters {
		out.Filters = append(out.Filters, bridge.SavedFilter{ID: id, Name: f.Name, Kind: f.Kind, Filter: filterRow(f.Filter)})
	}
	slices.SortFunc(out.Filters, func(a, b bridge.SavedFilter) int {
		if c := pane.Natural(a.Name, b.Name); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
}

func filterRow(f view.Filter) bridge.Filter {
	out := bridge.Filter{
		Members: list(f.Members), Groups: list(f.Groups), MemberLabels: list(f.MemberLabels), Namespaces: list(f.Namespaces),
		Status: list(f.Status), Tones: []bridge.Tone{}, Cells: list(f.Cells), Within: max(f.Within, 0), Labels: f.Labels, Search: f.Search,
	}
	for _, t := range f.Tones {
		out.Tones = append(out.Tones, bridge.Tone(t))
	}
	return out
}

// SaveTableLayout keeps how the person wants the table of a kind.
func (c *Console) SaveTableLayout(l bridge.TableLayout) error {
	return c.edit(view.SetTable(l.Kind, view.TableLayout{Columns: l.Columns, Widths: l.Widths, Sort: l.Sort, Desc: l.Desc}))
}

// SaveFilter keeps a filter under a name, and answers its id.
func (c *Console) SaveFilter(f bridge.SavedFilter) (string, error) {
	if f.ID == "" {
		f.ID = view.NewID()
	}
	kept := view.Filter{
		Members: f.Filter.Members, Groups: f.Filter.Groups, MemberLabels: f.Filter.MemberLabels, Namespaces: f.Filter.Namespaces,
		Status: f.Filter.Status, Cells: f.Filter.Cells, Within: f.Filter.Within, Labels: f.Filter.Labels, Search: f.Filter.Search,
	}
	for _, t := range f.Filter.Tones {
		kept.Tones = append(kept.Tones, string(t))
	}
	return f.ID, c.edit(view.PutFilter(f.ID, view.SavedFilter{Name: f.Name, Kind: f.Kind, Filter: kept}))
}

// RemoveFilter forgets a saved filter.
func (c *Console) RemoveFilter(id string) error { return c.edit(view.RemoveFilter(id)) }

// SetFavourite says whether a kind is among the person's favourites.
func (c *Console) SetFavourite(kind string, on bool) error {
	return c.edit(view.SetFavourite(kind, on))
}

// paneFilter turns the page's filter into the pane's, which knows members only by their ids, and moments but no clock.
func paneFilter(f bridge.Filter, d view.Document, now time.Time) pane.Filter {
	out := pane.Filter{Namespaces: f.Namespaces, Status: f.Status, Cells: f.Cells, Labels: f.Labels, Search: f.Search}
	if f.Within > 0 {
		out.Since = now.Add(-time.Duration(min(f.Within, view.MaxWithin)) * time.Second).UnixMilli()
	}
	for _, t := range f.Tones {
		out.Tones = append(out.Tones, pane.Tone(t))
	}
	if len(f.Members)+len(f.Groups)+len(f.MemberLabels) == 0 {
		return out
	}
	out.Members = []string{}
	for _, id := range d.Ordered() {
		m := d.Members[id]
		if among(f.Members, id) && among(f.Groups, m.Group) && labelled(f.MemberLabels, m.Labels) {
			out.Members = append(out.Members, id)
		}
	}
	return out
}

// among says whether value is one of wanted, or nothing is wanted.
func among(wanted []string, value string) bool {
	return len(wanted) == 0 || slices.Contains(wanted, value)
}

// labelled says whether the labels have one of the wanted "key=value", or nothing is wanted.
func labelled(wanted []string, labels map[string]string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(pair string) bool {
		key, value, _ := strings.Cut(pair, "=")
		have, ok := labels[key]
		return ok && have == value
	})
}
