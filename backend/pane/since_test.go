package pane_test

import (
	"testing"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// TestSince tells new rows by when they were last seen, where that is known, and else by when they were made.
func TestSince(t *testing.T) {
	made := func(r pane.Record, at int64) pane.Record { r.Created = at; return r }
	table := pane.New(pane.Options{})
	dated := func() string {
		for _, c := range table.Columns() {
			if c.Dated {
				return c.ID
			}
		}
		return ""
	}
	plain, seen := table.Member("1", "a"), table.Member("2", "b")
	plain.SetColumns(columns("Reason"))
	plain.Put(made(row("old", "Failed"), 1000), made(row("young", "Failed"), 5000), row("unknown", "Failed"))
	if got := dated(); got != pane.ColumnAge {
		t.Errorf("rows are dated by %q", got)
	}
	seen.SetColumns(columns("Last Seen", "Reason"))
	seen.Put(made(row("again", "9000", "FailedMount"), 1000), made(row("once", "1000", "Failed"), 1000), made(row("unseen", "", "Failed"), 5000))
	if got := dated(); got != "c:Last Seen" {
		t.Errorf("rows are dated by %q", got)
	}
	for name, c := range map[string]struct {
		filter pane.Filter
		want   string
	}{
		"any":              {pane.Filter{}, "again old once unknown unseen young"},
		"at the moment":    {pane.Filter{Since: 5000}, "again unseen young"},
		"just after":       {pane.Filter{Since: 5001}, "again"},
		"whole texts only": {pane.Filter{Cells: []string{"c:Reason=Failed"}}, "old once unknown unseen young"},
		"either of a column": {
			pane.Filter{Cells: []string{"c:Reason=Failed", "c:Reason=FailedMount"}, Since: 5000}, "again unseen young",
		},
		"both of two columns": {pane.Filter{Cells: []string{"c:Reason=Failed", "name=young"}}, "young"},
	} {
		if got := names(table.Window(pane.Query{Filter: c.filter, Limit: 10})); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	again := made(row("again", "2000", "FailedMount"), 1000)
	seen.Put(again)
	if got := names(table.Window(pane.Query{Filter: pane.Filter{Since: 5000}, Limit: 10})); got != "unseen young" {
		t.Errorf("after a change: %s", got)
	}
}
