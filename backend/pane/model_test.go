package pane_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// TestModel does random things to a table and to plain slices, and asks both the same questions.
func TestModel(t *testing.T) {
	rounds := 30
	if testing.Short() {
		rounds = 10
	}
	for round := range rounds {
		seed := uint64(round)
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			w := newWorld(seed, []int{0, 0, 12}[seed%3])
			for step := range 150 {
				w.act()
				w.ask(t, fmt.Sprintf("seed %d, step %d", seed, step))
				if t.Failed() {
					return
				}
			}
		})
	}
}

// world is a table, and what should be in it.
type world struct {
	rnd     *rand.Rand
	table   *pane.Table
	limit   int
	members []*plainMember
	seq     int64
}

// plainMember is a member without any cleverness.
type plainMember struct {
	id, name string
	store    *pane.Store
	columns  []pane.Definition
	rows     map[string]*plainRow
	listing  bool
	scope    string
}

type plainRow struct {
	pane.Record
	cells map[string]string // by title
	seen  bool              // put since the list began
}

func newWorld(seed uint64, limit int) *world {
	return &world{
		rnd: rand.New(rand.NewPCG(seed, 4)), limit: limit,
		table: pane.New(pane.Options{Limit: limit}),
	}
}

func pick[T any](w *world, list ...T) T { return list[w.rnd.IntN(len(list))] }

// act changes something.
func (w *world) act() {
	if len(w.members) == 0 || w.rnd.IntN(40) == 0 && len(w.members) < 5 {
		id := fmt.Sprintf("m%d", w.rnd.IntN(1000))
		w.member(id, pick(w, "west", "East", "north-2", "north-10", "süd")+pick(w, "", "-a"))
		return
	}
	m := pick(w, w.members...)
	switch n := w.rnd.IntN(100); {
	case n < 2:
		m.store.Drop()
		m.store.Put(w.record(m)) // of no effect any more
		w.members = slices.DeleteFunc(w.members, func(other *plainMember) bool { return other == m })
	case n < 4:
		w.member(m.id, pick(w, "west", "zulu", "North-3"))
	case n < 9:
		m.define(w.definitions())
	case n < 20:
		m.begin(pick(w, "", "", "shop", "kube-system"))
	case n < 30:
		m.end()
	case n < 70:
		for range 1 + w.rnd.IntN(pick(w, 2, 40)) {
			m.put(w, w.record(m))
		}
	default:
		ids := []string{"no such"}
		for id := range m.rows {
			if w.rnd.IntN(6) == 0 {
				ids = append(ids, id)
			}
		}
		m.remove(ids)
	}
}

func (w *world) member(id, name string) {
	store := w.table.Member(id, name)
	i := slices.IndexFunc(w.members, func(m *plainMember) bool { return m.id == id })
	if i < 0 {
		m := &plainMember{id: id, store: store, rows: map[string]*plainRow{}}
		w.members, i = append(w.members, m), len(w.members)
		m.define(w.definitions())
	}
	w.members[i].name = name
	slices.SortFunc(w.members, func(a, b *plainMember) int { return cmp.Or(pane.Natural(a.name, b.name), cmp.Compare(a.id, b.id)) })
}

func (w *world) definitions() []pane.Definition {
	all := []pane.Definition{
		{Name: "Name", Type: "string"},
		{Name: "Ready", Type: "string"},
		{Name: "Status", Type: "string"},
		{Name: "Restarts", Type: pick(w, "string", "integer")},
		{Name: "IP", Type: "string", Priority: 1},
		{Name: "Size", Type: "string"},
		{Name: "Took", Type: "string"},
		{Name: "Last Seen", Type: "string"},
		{Name: "Since", Type: pick(w, "date", "date", "string")},
		{Name: "Age", Type: "string"},
	}
	return slices.DeleteFunc(all, func(pane.Definition) bool { return w.rnd.IntN(8) == 0 })
}

func (w *world) record(m *plainMember) pane.Record {
	r := pane.Record{
		ID: fmt.Sprintf("uid-%d", w.rnd.IntN(60)), Namespace: pick(w, "shop", "kube-system", "Ärger", "shop-2", "shop-10"),
		Name:    pick(w, "web", "db", "WEB", "x\xffy", "") + pick(w, "", "-1", "-01", "-2", "-10", "-99999999999999999999"),
		Created: int64(w.rnd.IntN(5)) * 1000, Deleting: w.rnd.IntN(10) == 0,
	}
	set := map[string]string{}
	for range w.rnd.IntN(4) {
		set[pick(w, "app", "tier", "a/b")] = pick(w, "web", "db", "")
	}
	r.Labels = pane.MakeLabels(func(yield func(string, string) bool) {
		for key, value := range set {
			if !yield(key, value) {
				return
			}
		}
	})
	for _, d := range m.columns {
		r.Cells = append(r.Cells, w.cell(d))
	}
	if w.rnd.IntN(20) == 0 && len(r.Cells) > 0 {
		r.Cells = r.Cells[:w.rnd.IntN(len(r.Cells))]
	}
	return r
}

func (w *world) cell(d pane.Definition) string {
	switch {
	case d.Common():
		return "ignored"
	case d.Time():
		return pick(w, "", "1000", "5000", "7000", "nonsense")
	}
	switch d.Name {
	case "Ready":
		return pick(w, "0/1", "1/1", "1/3", "3/3", "0/0", pick(w, "1/1", "1/1", "1/1", "odd"))
	case "Status":
		return pick(w, "Running", "Running", "Pending", "CrashLoopBackOff", "running", "", "<none>")
	case "Restarts":
		return pick(w, "0", "5 (3m ago)", "10", "2", pick(w, "0", "0", "none yet"))
	case "Size":
		return pick(w, "10Gi", "900Mi", "1Gi", "250m", "<none>", pick(w, "1", "1", "", "x"))
	case "Took":
		return pick(w, "5s", "3m", "1h5m", "90s")
	}
	return pick(w, "10.0.0.1", "10.0.0.10", "10.0.0.2", "Ünder", "", "<none>")
}

func (m *plainMember) define(defs []pane.Definition) {
	m.store.SetColumns(defs)
	old := m.columns
	m.columns = defs
	for _, row := range m.rows {
		for _, d := range old {
			i := slices.IndexFunc(defs, func(n pane.Definition) bool { return n.Name == d.Name && n.Time() == d.Time() })
			if i < 0 {
				delete(row.cells, d.Name)
			}
		}
	}
}

func (m *plainMember) begin(scope string) {
	m.store.Begin(scope)
	m.listing, m.scope = true, scope
	for _, row := range m.rows {
		row.seen = false
	}
}

func (m *plainMember) end() {
	m.store.End()
	for id, row := range m.rows {
		if m.unseen(row) {
			delete(m.rows, id)
		}
	}
	m.listing = false
}

func (m *plainMember) unseen(row *plainRow) bool {
	return m.listing && !row.seen && (m.scope == "" || m.scope == row.Namespace)
}

func (m *plainMember) put(w *world, r pane.Record) {
	took := m.store.Put(r)
	if _, known := m.rows[r.ID]; !known && w.limit > 0 {
		fresh := 0
		for _, row := range m.rows {
			if !m.unseen(row) {
				fresh++
			}
		}
		if full := fresh >= w.limit || len(m.rows) >= 2*w.limit; full {
			if took {
				panic("a full member took a row")
			}
			return
		}
	}
	if !took {
		panic("a row wasn't taken")
	}
	row := &plainRow{Record: r, cells: map[string]string{}, seen: true}
	for i, d := range m.columns {
		if i < len(r.Cells) {
			row.cells[d.Name] = r.Cells[i]
		}
	}
	m.rows[r.ID] = row
}

func (m *plainMember) remove(ids []string) {
	m.store.Delete(ids...)
	for _, id := range ids {
		delete(m.rows, id)
	}
}

// ask compares one random window, its facets and its counts.
func (w *world) ask(t *testing.T, when string) {
	t.Helper()
	q := w.query()
	got := w.table.Window(q)
	if got.Seq < w.seq {
		t.Errorf("%s: seq went from %d to %d", when, w.seq, got.Seq)
	}
	w.seq = got.Seq
	columns := map[string]pane.Column{}
	status := ""
	for _, c := range got.Columns {
		columns[c.ID] = c
		if c.Status {
			status = c.Title
		}
	}
	var matched []plain
	total := 0
	for place, m := range w.members {
		for _, row := range m.rows {
			total++
			p := plain{row, m, place, ""}
			seen, ok := w.table.Lookup(m.id + "/" + row.ID)
			if !ok {
				t.Fatalf("%s: %s/%s is missing", when, m.id, row.ID)
			}
			p.tone = seen.Tone // has tests of its own
			if p.passes(q.Filter, status, columns) {
				matched = append(matched, p)
			}
		}
	}
	sortPlain(matched, q, columns)
	want := pane.Window{Total: total, Matched: len(matched), Offset: q.Offset, Anchor: -1}
	if want.Offset >= len(matched) {
		want.Offset = max(0, len(matched)-q.Limit)
	}
	for i, p := range matched {
		if p.member.id+"/"+p.ID == q.Anchor {
			want.Anchor = i
		}
		if i >= want.Offset && i < want.Offset+q.Limit {
			want.Rows = append(want.Rows, p.shown(status, got.Columns))
		}
	}
	if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(pane.Window{}, "Seq", "Columns")); diff != "" {
		t.Errorf("%s: %+v\n%s", when, q, diff)
	}
	w.count(t, when, q.Filter, matched, status)
}

func (w *world) count(t *testing.T, when string, f pane.Filter, matched []plain, status string) {
	t.Helper()
	facets, counts := w.table.Facets(f), w.table.Counts(f)
	sum := 0
	for _, n := range counts.Tones {
		sum += n
	}
	if counts.Matched != len(matched) || sum != len(matched) {
		t.Errorf("%s: counted %d, by tone %d, want %d", when, counts.Matched, sum, len(matched))
	}
	byMember, byNamespace, byStatus := map[string]int{}, map[string]int{}, map[string]int{}
	for _, p := range matched {
		byMember[p.member.id]++
		byNamespace[p.Namespace]++
		byStatus[p.cells[status]]++
	}
	check := func(field string, list []pane.Facet, want map[string]int, free bool, chosen []string) {
		for _, f := range list {
			if (free || slices.Contains(chosen, f.Value)) && f.Rows != want[f.Value] {
				t.Errorf("%s: %s %q has %d rows, want %d", when, field, f.Value, f.Rows, want[f.Value])
			}
			delete(want, f.Value)
		}
		if len(want) > 0 {
			t.Errorf("%s: the facets of %s lack %v", when, field, want)
		}
	}
	check("member", facets.Members, byMember, f.Members == nil, f.Members)
	check("namespace", facets.Namespaces, byNamespace, len(f.Namespaces) == 0, f.Namespaces)
	column := pick(w, "c:Ready", "c:IP", "namespace", "c:Last Seen")
	byText := map[string]int{}
	for _, p := range matched {
		byText[p.whole(column)]++
	}
	check("tally of "+column, w.table.Tally(f, column, 1000), byText, true, nil)
	if status != "" {
		check("status", facets.Status, byStatus, len(f.Status) == 0, f.Status)
	}
}

func (w *world) query() pane.Query {
	q := pane.Query{
		Sort: pick(w, "", "name", "member", "namespace", "age", "c:Ready", "c:Status", "c:Restarts", "c:IP", "c:Size",
			"c:Took", "c:Last Seen", "c:Since", "c:None such"),
		Desc: w.rnd.IntN(2) == 0, Offset: w.rnd.IntN(pick(w, 1, 10, 100)), Limit: w.rnd.IntN(30),
		Anchor: fmt.Sprintf("%s/uid-%d", pick(w, append(w.members, &plainMember{id: "none"})...).id, w.rnd.IntN(60)),
	}
	maybe := func() bool { return w.rnd.IntN(4) == 0 }
	if maybe() {
		q.Members = []string{}
		for _, m := range w.members {
			if w.rnd.IntN(2) == 0 {
				q.Members = append(q.Members, m.id)
			}
		}
	}
	if maybe() {
		q.Namespaces = []string{"shop", pick(w, "shop-2", "none such")}
	}
	if maybe() {
		q.Status = []string{"Running", pick(w, "", "Pending", "none such")}
	}
	if maybe() {
		q.Tones = []pane.Tone{pane.ToneGood, pick(w, pane.ToneNone, pane.ToneBad, pane.ToneBusy)}
	}
	if maybe() {
		q.Cells = []string{"c:Ready=1/1", pick(w, "c:Ready=3/3", "c:Status=Running", "name=web-1", "c:IP=", "c:Since=5000", "age=", "odd")}
	}
	if maybe() {
		q.Since = pick[int64](w, -1, 1, 1000, 2000, 2001, 5000, 8000)
	}
	if maybe() {
		q.Labels = pick(w, "app=web", "app in (web,db),tier", "!app", "a/b!=db")
	}
	if maybe() {
		q.Search = pick(w, "web", "WEB -1", "ünd", "10.0", "NORTH", "shop run", "ärger", "(3m", "5000", " ")
	}
	return q
}
