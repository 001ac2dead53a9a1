package view_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/view"
)

// TestNoFieldForASecret lists every field that can be reached from a Document. Whoever adds one has to add it here, and to
// ask first whether it could ever hold a credential: the document lies readable on the primary in the open mode.
// The unknown fields are what a newer version of this program put there, under the same rule; only Parse fills them.
func TestNoFieldForASecret(t *testing.T) {
	want := []string{
		"Document.Schema int", "Document.ID string", "Document.Owner view.Owner", "Document.Revision int64",
		"Document.Members map[string]view.Member", "Document.Layout view.Layout", "Document.unknown view.unknown",
		"Document.Tables map[string]view.TableLayout", "Document.Filters map[string]view.SavedFilter", "Document.Favourites view.Set",
		"Owner.Username string", "Owner.Server string", "Owner.CA string", "Owner.unknown view.unknown",
		"Member.Name string", "Member.Color string", "Member.Group string", "Member.Order string", "Member.Labels map[string]string",
		"Member.Distribution string", "Member.Off bool", "Member.Endpoint view.Endpoint", "Member.Identity string", "Member.Guard string",
		"Member.unknown view.unknown",
		"Endpoint.Server string", "Endpoint.CA string", "Endpoint.TLSName string", "Endpoint.unknown view.unknown",
		"Layout.Columns []string", "Layout.Sort string", "Layout.Desc bool", "Layout.GroupBy string", "Layout.unknown view.unknown",
		"TableLayout.Columns []string", "TableLayout.Widths map[string]int", "TableLayout.Sort string", "TableLayout.Desc bool", "TableLayout.unknown view.unknown",
		"SavedFilter.Name string", "SavedFilter.Kind string", "SavedFilter.Filter view.Filter", "SavedFilter.unknown view.unknown",
		"Filter.Members []string", "Filter.Groups []string", "Filter.MemberLabels []string", "Filter.Namespaces []string", "Filter.Status []string",
		"Filter.Tones []string", "Filter.Cells []string", "Filter.Within int", "Filter.Labels string", "Filter.Search string", "Filter.unknown view.unknown",
	}
	var got []string
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(typ reflect.Type) {
		if seen[typ] {
			return
		}
		seen[typ] = true
		switch typ.Kind() {
		case reflect.Map, reflect.Slice, reflect.Array, reflect.Pointer:
			walk(typ.Elem())
		case reflect.Struct:
			for f := range typ.Fields() {
				got = append(got, fmt.Sprintf("%s.%s %s", typ.Name(), f.Name, f.Type))
				walk(f.Type)
			}
		case reflect.Interface, reflect.Func, reflect.Chan, reflect.UnsafePointer:
			t.Errorf("%s can hold anything", typ)
		default:
		}
	}
	walk(reflect.TypeFor[view.Document]())
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the fields of a document (-listed +found):\n%s", diff)
	}
}

// A value in any field that a struct has is written, read back and merged: no field was forgotten in the package's lists.
func TestEveryFieldTravels(t *testing.T) {
	full := view.New(view.Owner{Username: "u", Server: "s", CA: "c"})
	full.Revision = 5
	m := view.Member{}
	fill(t, reflect.ValueOf(&m).Elem())
	full.Members["m"] = m
	fill(t, reflect.ValueOf(&full.Layout).Elem())
	table, filter := view.TableLayout{}, view.SavedFilter{}
	fill(t, reflect.ValueOf(&table).Elem())
	fill(t, reflect.ValueOf(&filter).Elem())
	full.Tables, full.Filters = map[string]view.TableLayout{"deployments.apps": table}, map[string]view.SavedFilter{"f": filter}
	full.Favourites = view.Set{"deployments.apps", "pods"}

	written := text(t, full)
	back, err := view.Parse([]byte(written))
	if err != nil {
		t.Fatal(err)
	}
	empty := view.New(view.Owner{})
	empty.ID = full.ID
	merged, _ := view.Merge(&empty, full, empty)
	copied := full.CopyTo(full.Owner)
	copied.ID, copied.Revision = full.ID, full.Revision
	adopted, _, _ := view.Adopt(full, empty)
	adopted.Owner = full.Owner
	for id, m := range adopted.Members { // which comes last there
		m.Order = full.Members[id].Order
		adopted.Members[id] = m
	}
	for name, d := range map[string]view.Document{"read back": back, "merged": merged, "copied": copied, "adopted": adopted} {
		if diff := cmp.Diff(exported(full), exported(d)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func fill(t *testing.T, v reflect.Value) {
	t.Helper()
	for f, field := range v.Fields() {
		if !f.IsExported() {
			continue
		}
		switch p := field.Addr().Interface().(type) {
		case *string:
			*p = strings.ToLower(f.Name)
		case *bool:
			*p = true
		case *int:
			*p = 60
		case *[]string:
			*p = []string{"x", "y"}
		case *map[string]string:
			*p = map[string]string{"k": "v"}
		case *map[string]int:
			*p = map[string]int{"k": 100}
		case *view.Endpoint, *view.Filter:
			fill(t, field)
		default:
			t.Fatalf("how is a %s filled?", f.Type)
		}
	}
}

// exported prints the fields, for Equal would ask the very lists under test.
func exported(d view.Document) string {
	return fmt.Sprintf("%+v %d %+v %+v %+v %+v %v", d.Owner, d.Revision, d.Members, d.Layout, d.Tables, d.Filters, d.Favourites)
}
