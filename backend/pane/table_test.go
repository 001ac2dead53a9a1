package pane_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// columns makes definitions of texts.
func columns(titles ...string) []pane.Definition {
	var defs []pane.Definition
	for _, title := range titles {
		defs = append(defs, pane.Definition{Name: title, Type: "string"})
	}
	return defs
}

func row(id string, cells ...string) pane.Record {
	return pane.Record{ID: id, Name: id, Namespace: "shop", Cells: cells}
}

func names(w pane.Window) string {
	var list []string
	for _, r := range w.Rows {
		list = append(list, r.Name)
	}
	return strings.Join(list, " ")
}

func all(table *pane.Table) string { return names(table.Window(pane.Query{Limit: 1000})) }

// TestRowTones judges rows by what stands beside the status, too.
func TestRowTones(t *testing.T) {
	for name, c := range map[string]struct {
		columns  []pane.Definition
		cells    []string
		deleting bool
		status   string
		want     pane.Tone
	}{
		"a pod":                     {columns("Name", "Ready", "Status"), []string{"", "1/1", "Running"}, false, "Running", pane.ToneGood},
		"a pod that isn't ready":    {columns("Name", "Ready", "Status"), []string{"", "0/1", "Running"}, false, "Running", pane.ToneWarning},
		"a pod that is done":        {columns("Name", "Ready", "Status"), []string{"", "0/1", "Completed"}, false, "Completed", pane.ToneGood},
		"a pod that goes":           {columns("Name", "Ready", "Status"), []string{"", "1/1", "Running"}, true, "Running", pane.ToneBusy},
		"a pod that fails and goes": {columns("Name", "Ready", "Status"), []string{"", "0/1", "Error"}, true, "Error", pane.ToneBad},
		"a deployment":              {columns("Name", "Ready", "Up-to-date", "Available"), []string{"", "3/3", "3", "3"}, false, "3/3", pane.ToneGood},
		"a deployment in part":      {columns("Name", "Ready", "Up-to-date", "Available"), []string{"", "1/3", "3", "1"}, false, "1/3", pane.ToneWarning},
		"a deployment down":         {columns("Name", "Ready", "Up-to-date", "Available"), []string{"", "0/3", "3", "0"}, false, "0/3", pane.ToneBad},
		"a deployment of none":      {columns("Name", "Ready", "Up-to-date", "Available"), []string{"", "0/0", "0", "0"}, false, "0/0", pane.ToneNone},
		"a job that has begun":      {columns("Name", "Completions", "Duration"), []string{"", "0/1", "5s"}, false, "0/1", pane.ToneBusy},
		"a daemon set":              {columns("Name", "Desired", "Current", "Ready"), []string{"", "3", "3", "3"}, false, "3", pane.ToneGood},
		"a daemon set in part":      {columns("Name", "Desired", "Current", "Ready"), []string{"", "3", "3", "2"}, false, "2", pane.ToneWarning},
		"a node":                    {columns("Name", "Status", "Roles"), []string{"", "Ready,SchedulingDisabled", ""}, false, "Ready,SchedulingDisabled", pane.ToneWarning},
		"an event":                  {columns("Last Seen", "Type", "Reason", "Object"), []string{"", "Warning", "BackOff", "pod/x"}, false, "Warning", pane.ToneWarning},
		"a service":                 {columns("Name", "Type", "Cluster-IP"), []string{"", "ClusterIP", "10.0.0.1"}, false, "", pane.ToneNone},
		"an operator that says so":  {columns("Name", "Available", "Degraded"), []string{"", "True", "True"}, false, "True", pane.ToneBad},
		"a backup of T4K":           {columns("Name", "BackupPlan", "Status"), []string{"", "nightly", "Degraded"}, false, "Degraded", pane.ToneWarning},
		"a Flux object": {
			[]pane.Definition{
				{Name: "Ready", Type: "string"},
				{Name: "Status", Type: "string", Description: `Custom resource definition column (in JSONPath format): .status.conditions[?(@.type=="Ready")].message`},
			},
			[]string{"False", "kustomize build failed"},
			false, "False", pane.ToneBad,
		},
	} {
		t.Run(name, func(t *testing.T) {
			table := pane.New(pane.Options{})
			s := table.Member("m", "m")
			s.SetColumns(c.columns)
			r := row("x", c.cells...)
			r.Deleting = c.deleting
			s.Put(r)
			got, _ := table.Lookup("m/x")
			if got.Tone != c.want || got.Status != c.status {
				t.Errorf("%s with status %q, want %s with %q", got.Tone, got.Status, c.want, c.status)
			}
		})
	}
}

// TestTypes tells columns by what is in them, over all members.
func TestTypes(t *testing.T) {
	for name, c := range map[string]struct {
		cells []string // of two members in turn
		want  pane.Type
	}{
		"numbers":              {[]string{"0", "5 (3m ago)", "<none>"}, pane.Number},
		"fractions":            {[]string{"1/3", "", "0/0"}, pane.Fraction},
		"quantities":           {[]string{"10Gi", "5", "250m"}, pane.Quantity},
		"durations":            {[]string{"5s", "3m20s"}, pane.Quantity},
		"texts":                {[]string{"10.0.0.1", "5"}, pane.Text},
		"nothing":              {[]string{"", "<none>"}, pane.Text},
		"one that isn't alike": {[]string{"1", "2", "3", "three"}, pane.Text},
	} {
		t.Run(name, func(t *testing.T) {
			table := pane.New(pane.Options{})
			stores := []*pane.Store{table.Member("a", "a"), table.Member("b", "b")}
			for i, cell := range append(c.cells, "not for long") {
				stores[i%2].SetColumns(columns("X"))
				stores[i%2].Put(row(fmt.Sprint(i), cell))
			}
			stores[len(c.cells)%2].Delete(fmt.Sprint(len(c.cells)))
			if got := table.Columns()[4].Type; got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestColumns joins columns by title, in an order that fits all members.
func TestColumns(t *testing.T) {
	table := pane.New(pane.Options{})
	old, current := table.Member("1", "a"), table.Member("2", "b")
	old.SetColumns([]pane.Definition{
		{Name: "Name", Type: "string"},
		{Name: "Completions", Type: "string", Description: "how many"},
		{Name: "Images", Type: "string", Priority: 1},
		{Name: "Since", Type: "date"},
		{Name: "Age", Type: "string"},
	})
	current.SetColumns([]pane.Definition{
		{Name: "Name", Type: "string"},
		{Name: "Status", Type: "string"},
		{Name: "Completions", Type: "string"},
		{Name: "Completions", Type: "string"},
		{Name: "Images", Type: "string", Priority: 1},
		{Name: "Since", Type: "string"},
		{Name: "Age", Type: "string"},
	})
	old.Put(row("x", "", "0/1", "nginx", "5000", ""))
	current.Put(row("y", "", "Complete", "1/1", "ignored", "httpd", "yesterday", ""))
	w := table.Window(pane.Query{Limit: 10, Sort: "c:Status"})
	want := []pane.Column{
		{ID: "member", Title: "Member", Type: pane.Text},
		{ID: "namespace", Title: "Namespace", Type: pane.Text},
		{ID: "name", Title: "Name", Type: pane.Text},
		{ID: "age", Title: "Age", Type: pane.Time, Dated: true},
		{ID: "c:Status", Title: "Status", Type: pane.Text, Status: true},
		{ID: "c:Completions", Title: "Completions", Type: pane.Fraction, Description: "how many"},
		{ID: "c:Images", Title: "Images", Type: pane.Text, Wide: true},
		{ID: "c:Since", Title: "Since", Type: pane.Text},
	}
	if diff := cmp.Diff(want, w.Columns); diff != "" {
		t.Error(diff)
	}
	cells := [][]string{w.Rows[0].Cells, w.Rows[1].Cells}
	if diff := cmp.Diff([][]string{{"Complete", "1/1", "httpd", "yesterday"}, {"", "0/1", "nginx", "1970-01-01T00:00:05Z"}}, cells); diff != "" {
		t.Error(diff)
	}
}

// TestSorts sorts each kind of column both ways: blanks stay last, ties ascend.
func TestSorts(t *testing.T) {
	table := pane.New(pane.Options{})
	s, other := table.Member("m", "zeta"), table.Member("n", "alpha")
	defs := append(columns("Ready", "Restarts", "Size", "IP"), pane.Definition{Name: "Seen", Type: "date"})
	s.SetColumns(defs)
	other.SetColumns(defs)
	made := func(r pane.Record, created int64) pane.Record { r.Created = created; return r }
	s.Put(made(row("a-10", "1/3", "5 (3m ago)", "10Gi", "10.0.0.10", "9000"), 3000), made(row("a-2", "3/3", "10", "900Mi", "10.0.0.9", ""), 1000),
		made(row("b", "0/3", "<none>", "", "<none>", "3000"), 0))
	other.Put(made(row("c", "1/3", "5", "10Gi", "10.0.0.10", "4000"), 2000))
	for by, want := range map[string][2]string{
		"":           {"a-2 a-10 b c", "c b a-10 a-2"},
		"member":     {"c a-2 a-10 b", "a-2 a-10 b c"},
		"namespace":  {"a-2 a-10 b c", "a-2 a-10 b c"},
		"age":        {"a-10 c a-2 b", "a-2 c a-10 b"},
		"c:Ready":    {"b a-10 c a-2", "a-2 a-10 c b"},
		"c:Restarts": {"a-10 c a-2 b", "a-2 a-10 c b"},
		"c:Size":     {"a-2 a-10 c b", "a-10 c a-2 b"},
		"c:IP":       {"a-2 a-10 c b", "a-10 c a-2 b"},
		"c:Seen":     {"b c a-10 a-2", "a-10 c b a-2"},
		"unheard of": {"a-2 a-10 b c", "c b a-10 a-2"},
	} {
		for i, desc := range []bool{false, true} {
			if got := names(table.Window(pane.Query{Sort: by, Desc: desc, Limit: 10})); got != want[i] {
				t.Errorf("by %q, desc %v: %s, want %s", by, desc, got, want[i])
			}
		}
	}
}

func TestFind(t *testing.T) {
	table := pane.New(pane.Options{})
	for _, m := range []string{"a", "b"} {
		for _, name := range []string{"web", "web-10", "web-2", "shop-web", "cobweb", "WEB-x", "other"} {
			table.Member(m, m).Put(row(name))
		}
	}
	found := func(text string, limit int) string {
		hits, more := table.Find(text, limit)
		var list []string
		for _, h := range hits {
			list = append(list, fmt.Sprintf("%d:%s/%s", h.Rank, h.Member, h.Name))
		}
		return fmt.Sprint(list, more)
	}
	for text, want := range map[string]string{
		"web":   "[0:a/web 0:b/web 1:a/web-2 1:b/web-2 1:a/web-10 1:b/web-10 1:a/WEB-x 1:b/WEB-x 2:a/shop-web 2:b/shop-web 3:a/cobweb 3:b/cobweb] false",
		"Web 2": "[1:a/web-2 1:b/web-2] false", "nothing": "[] false", "  ": "[] false",
	} {
		if got := found(text, 100); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	if got := found("web", 3); got != "[0:a/web 0:b/web 1:a/web-2] true" {
		t.Errorf("three: %s", got)
	}
}

func TestProblem(t *testing.T) {
	table := pane.New(pane.Options{})
	table.Member("m", "m").Put(row("a"))
	w := table.Window(pane.Query{Limit: 10, Filter: pane.Filter{Labels: "a in (b"}})
	if w.Matched != 1 || !strings.HasPrefix(w.Problem, "The label selector can't be read: ") {
		t.Errorf("%d rows, %q", w.Matched, w.Problem)
	}
}
