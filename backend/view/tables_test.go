package view_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/view"
)

func TestApplyTables(t *testing.T) {
	const start = "a name=one guard=protected; @ tables/pods/sort=age tables/pods/?new=1 filters/f/name=F filters/f/kind=pods filters/f/?n=2 filters/f/filter/?m=3 favourites/?pods=true"
	filter := view.SavedFilter{Name: " G ", Kind: "deployments.apps", Filter: view.Filter{Status: []string{"Running"}, Cells: []string{"c:R=x"}, Within: 3600, Labels: "app in (a,b)"}}
	for name, c := range map[string]struct {
		edits []view.Edit
		want  string
	}{
		"a table": {
			[]view.Edit{view.SetTable("deployments.apps", view.TableLayout{Columns: []string{"name", "c:Up-to-date"}, Widths: map[string]int{"c:X Y": 40, "name": 2000}, Desc: true})},
			start + ` tables/deployments.apps/?columns=["name","c:Up-to-date"] tables/deployments.apps/?widths={"c:X\u0020Y":40,"name":2000} tables/deployments.apps/desc`,
		},
		"a table again":      {[]view.Edit{view.SetTable("pods", view.TableLayout{Desc: true})}, strings.Replace(start, "pods/sort=age", "pods/desc", 1)},
		"a table set back":   {[]view.Edit{view.SetTable("x", view.TableLayout{Desc: true}), view.SetTable("x", view.TableLayout{})}, start},
		"a new filter":       {[]view.Edit{view.PutFilter("g", filter)}, start + ` filters/g/name=G filters/g/kind=deployments.apps filters/g/filter/?status=["Running"] filters/g/filter/?cells=["c:R=x"] filters/g/filter/?within=3600 filters/g/filter/?labels="app\u0020in\u0020(a,b)"`},
		"a filter again":     {[]view.Edit{view.PutFilter("f", view.SavedFilter{Name: "H", Kind: "pods"})}, strings.Replace(start, "name=F", "name=H", 1)},
		"a filter gone":      {[]view.Edit{view.RemoveFilter("f", "nobody")}, strings.Split(start, " filters")[0] + " favourites/?pods=true"},
		"a favourite":        {[]view.Edit{view.SetFavourite("a.b", true), view.SetFavourite("pods", true)}, start + " favourites/?a.b=true"},
		"no favourite":       {[]view.Edit{view.SetFavourite("pods", false), view.SetFavourite("x", false)}, strings.Replace(start, " favourites/?pods=true", "", 1)},
		"a guard":            {[]view.Edit{view.Change("a", view.Changes{Guard: new("readOnly")})}, strings.Replace(start, "protected", "readOnly", 1)},
		"no guard":           {[]view.Edit{view.Change("a", view.Changes{Guard: new("")})}, strings.Replace(start, " guard=protected", "", 1)},
		"a guard left alone": {[]view.Edit{view.Change("a", view.Changes{Name: new("one")})}, start},
	} {
		t.Run(name, func(t *testing.T) {
			d := doc(t, start)
			got, err := d.Apply(c.edits...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(text(t, doc(t, c.want)), text(t, got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if !d.Equal(doc(t, start)) {
				t.Error("Apply changed what it was given")
			}
		})
	}
}

func TestApplyRefusesTables(t *testing.T) {
	many := func(n int, edit func(id string) view.Edit) []view.Edit {
		var edits []view.Edit
		for i := range n {
			edits = append(edits, edit(fmt.Sprint("k", i)))
		}
		return edits
	}
	layout := func(l view.TableLayout) []view.Edit { return []view.Edit{view.SetTable("pods", l)} }
	filter := func(f view.SavedFilter) []view.Edit { return []view.Edit{view.PutFilter("f", f)} }
	long := strings.Repeat("x", 3000)
	for name, c := range map[string]struct {
		edits []view.Edit
		field string
	}{
		"a kind with a slash":     {[]view.Edit{view.SetTable("a/b", view.TableLayout{Desc: true})}, "tables"},
		"no kind":                 {[]view.Edit{view.SetTable("", view.TableLayout{Desc: true})}, "tables"},
		"narrow":                  {layout(view.TableLayout{Widths: map[string]int{"a": 39}}), "tables.pods.widths"},
		"wide":                    {layout(view.TableLayout{Widths: map[string]int{"a": 2001}}), "tables.pods.widths"},
		"a column that lies":      {layout(view.TableLayout{Columns: []string{"a\u202eb"}}), "tables.pods.columns"},
		"a column without a name": {layout(view.TableLayout{Columns: []string{""}}), "tables.pods.columns"},
		"many columns":            {layout(view.TableLayout{Columns: make([]string, 200)}), "tables.pods.columns"},
		"a sort that lies":        {layout(view.TableLayout{Sort: "\x1b"}), "tables.pods.sort"},
		"too many tables":         {many(201, func(id string) view.Edit { return view.SetTable(id, view.TableLayout{Desc: true}) }), "tables"},
		"too many filters":        {many(201, func(id string) view.Edit { return view.PutFilter(id, view.SavedFilter{Name: "x", Kind: "pods"}) }), "filters"},
		"too many favourites":     {many(201, func(id string) view.Edit { return view.SetFavourite(id, true) }), "favourites"},
		"a filter without a name": {filter(view.SavedFilter{Name: " ", Kind: "pods"}), "filters.f.name"},
		"a filter without a kind": {filter(view.SavedFilter{Name: "x"}), "filters.f.kind"},
		"a search without end":    {filter(view.SavedFilter{Name: "x", Kind: "pods", Filter: view.Filter{Search: long}}), "filters.f.filter.search"},
		"a status that lies":      {filter(view.SavedFilter{Name: "x", Kind: "pods", Filter: view.Filter{Status: []string{"\u200b"}}}), "filters.f.filter.status"},
		"a cell that lies":        {filter(view.SavedFilter{Name: "x", Kind: "pods", Filter: view.Filter{Cells: []string{"c:A=\u200b"}}}), "filters.f.filter.cells"},
		"a time to come":          {filter(view.SavedFilter{Name: "x", Kind: "pods", Filter: view.Filter{Within: -1}}), "filters.f.filter.within"},
		"a time without end":      {filter(view.SavedFilter{Name: "x", Kind: "pods", Filter: view.Filter{Within: view.MaxWithin + 1}}), "filters.f.filter.within"},
		"many namespaces":         {filter(view.SavedFilter{Name: "x", Kind: "pods", Filter: view.Filter{Namespaces: make([]string, 101)}}), "filters.f.filter.namespaces"},
		"a filter's id":           {[]view.Edit{view.PutFilter("a b", view.SavedFilter{Name: "x", Kind: "pods"})}, "filters"},
		"a favourite of no kind":  {[]view.Edit{view.SetFavourite("<b>", true)}, "favourites"},
		"a guard of no word":      {[]view.Edit{view.Change("a", view.Changes{Guard: new("read only!")})}, "guard"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := doc(t, "a name=x").Apply(c.edits...)
			if fault, ok := errors.AsType[*view.FieldError](err); !ok || fault.Field != c.field || strings.Contains(err.Error(), long) {
				t.Errorf("%v, want one about %s", err, c.field)
			}
		})
	}
}

// What storage says of widths and texts is made sound; what no program of this schema writes is refused.
func TestParseTables(t *testing.T) {
	parse := func(body string) (view.Document, error) {
		return view.Parse([]byte(`{"schema":1,"id":"v",` + body + `}`))
	}
	d, err := parse(`"tables":{"pods":{"widths":{"a":-7,"b":1000000,"c":300},"columns":["x\u202ey"]}},"filters":{"f":{"name":"\u0007","filter":{"search":"\u200b"}}},
		"favourites":{"pods":true,"a.b":true},"members":{"m":{"guard":"of the moon\u202e"}}`)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{"a": 40, "b": 2000, "c": 300}, d.Tables["pods"].Widths); diff != "" {
		t.Errorf("widths (-want +got):\n%s", diff)
	}
	if d.Tables["pods"].Columns[0] != "x\ufffdy" || d.Filters["f"].Name != "\ufffd" || d.Filters["f"].Filter.Search != "\ufffd" ||
		d.Members["m"].Guard != "of the moon\ufffd" || strings.Join(d.Favourites, " ") != "a.b pods" {
		t.Errorf("%+v", d)
	}
	many := func(entry string, n int) string {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf(entry, i))
		}
		return strings.Join(all, ",")
	}
	for body, field := range map[string]string{
		`"tables":[]`:                                                 "tables",
		`"tables":{"a/b":{}}`:                                         "tables",
		`"tables":{"pods":7}`:                                         "tables",
		`"tables":{"pods":{"widths":{"a":"7"}}}`:                      "tables.pods.widths",
		`"tables":{"pods":{"widths":{"a":1.5}}}`:                      "tables.pods.widths",
		`"tables":{"pods":{"widths":{"":50}}}`:                        "tables.pods.widths",
		`"tables":{"pods":{"widths":{"a\u200b":50}}}`:                 "tables.pods.widths",
		`"tables":{"pods":{"widths":{"a":1e99}}}`:                     "tables.pods.widths",
		`"tables":{"pods":{"desc":1}}`:                                "tables.pods.desc",
		`"tables":{` + many(`"k%d":{"desc":true}`, 401) + `}`:         "tables",
		`"filters":{"a b":{}}`:                                        "filters",
		`"filters":{"f":{"filter":[]}}`:                               "filters.f.filter",
		`"filters":{"f":{"filter":{"status":"x"}}}`:                   "filters.f.filter.status",
		`"filters":{` + many(`"f%d":{"name":"x"}`, 401) + `}`:         "filters",
		`"favourites":["pods"]`:                                       "favourites",
		`"favourites":{"pods":1}`:                                     "favourites",
		`"favourites":{"pods":false}`:                                 "favourites",
		`"favourites":{"\u202e":true}`:                                "favourites",
		`"favourites":{` + many(`"k%d":true`, 401) + `}`:              "favourites",
		`"members":{"m":{"guard":true}}`:                              "guard",
		`"members":{"m":{"guard":"` + strings.Repeat("x", 65) + `"}}`: "guard",
	} {
		_, err := parse(body)
		if fault, ok := errors.AsType[*view.FieldError](err); !ok || fault.Field != field {
			t.Errorf("%.60s: %v, want one about %s", body, err, field)
		}
	}
}

// A program from before took tables for one unknown field; a conflict about it that it noted is settled all the same, whole.
func TestSettleWhatAnOlderProgramNoted(t *testing.T) {
	d := doc(t, "a name=x; @ tables/pods/sort=a filters/f/name=F layout.sort=n")
	for field, c := range map[string]struct{ mine, want string }{
		"tables":      {`{"x.y":{"widths":{"a":77}}}`, "a name=x; @ tables/x.y/widths/?a=77 filters/f/name=F layout.sort=n"},
		"filters":     {`{"g":{"name":"G"}}`, "a name=x; @ tables/pods/sort=a filters/g/name=G layout.sort=n"},
		"favourites":  {`{"pods":true}`, "a name=x; @ tables/pods/sort=a filters/f/name=F layout.sort=n favourites/?pods=true"},
		"layout.sort": {`"m"`, "a name=x; @ tables/pods/sort=a filters/f/name=F layout.sort=m"},
	} {
		got, err := view.Settle(d, view.Conflict{Kind: view.KindField, Field: field, Mine: json.RawMessage(c.mine)}, true)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(text(t, doc(t, c.want)), text(t, got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", field, diff)
		}
	}
	if _, err := view.Settle(d, view.Conflict{Kind: view.KindField, Path: []string{"tables", "../x", "sort"}, Mine: json.RawMessage(`"m"`)}, true); err == nil {
		t.Error("a table of no kind was made")
	}
}

// The ids of conflicts that are kept on machines since earlier versions must not change.
func TestConflictIDsStay(t *testing.T) {
	base := doc(t, "a name=x labels.e=x; b name=x; @ layout.sort=x")
	_, conflicts := view.Merge(&base, doc(t, "a name=y labels.e=y; @ layout.sort=y"), doc(t, "a name=z labels.e=z; b name=z; @ layout.sort=z"))
	var got []string
	for _, c := range conflicts {
		got = append(got, strings.Trim(c.Member+"."+c.Field, ".")+" "+c.ID)
	}
	want := []string{"layout.sort 1d7d10f3a600696d", "a.labels.e 6503f2caae523bc2", "a.name 92b0dc9034d870ce", "b d6726f6ad760b150"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
