package pane

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFacets counts each field without its own condition, but with the others', and tells chosen values that no row has.
func TestFacets(t *testing.T) {
	table := New(Options{})
	for i, id := range []string{"a", "b"} {
		s := table.Member(id, id)
		s.SetColumns([]Definition{{Name: "Status", Type: "string"}})
		for j, status := range []string{"Running", "Running", "Failed", "Pending"}[i:] {
			s.Put(Record{ID: fmt.Sprint(j), Namespace: fmt.Sprint("ns", j%2), Cells: []string{status}})
		}
	}
	got := table.Facets(Filter{Members: []string{"a"}, Namespaces: []string{"ns0", "none such"}, Status: []string{"Running", "Odd"}})
	want := Facets{
		Seq:        table.Seq(),
		Members:    []Facet{{"a", 1, ToneNone}, {"b", 1, ToneNone}},
		Namespaces: []Facet{{"ns0", 1, ToneNone}, {"ns1", 1, ToneNone}, {"none such", 0, ToneNone}},
		Status:     []Facet{{"Failed", 1, ToneBad}, {"Running", 1, ToneGood}, {"Odd", 0, ToneNone}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestForgets keeps no text that no row has any more, so that churn doesn't fill the memory.
func TestForgets(t *testing.T) {
	s := New(Options{}).Member("m", "m")
	for i := range 3000 {
		s.SetColumns([]Definition{{Name: fmt.Sprint("X", i%2), Type: "string"}})
		s.Put(Record{ID: fmt.Sprint(i % 10), Name: fmt.Sprint("n", i), Labels: Labels(fmt.Sprint("l=", i)), Cells: []string{fmt.Sprint("c", i)}})
	}
	if n := len(s.words.words) + len(s.sets.words); n > 100 {
		t.Errorf("%d texts for 10 rows", n)
	}
	s.Begin("")
	s.End()
	if n := s.words.index.used + s.sets.index.used; n != 0 {
		t.Errorf("%d texts for no rows", n)
	}
}
