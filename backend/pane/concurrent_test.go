package pane_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// TestConcurrent writes and asks at once: for the race detector, and for windows that are of one moment.
func TestConcurrent(t *testing.T) {
	table := pane.New(pane.Options{Limit: 300, Changed: func() {}})
	stop := make(chan struct{})
	var writers, readers sync.WaitGroup
	for m := range 4 {
		writers.Go(func() {
			rnd := rand.New(rand.NewPCG(uint64(m), 1))
			s := table.Member(fmt.Sprint(m), fmt.Sprint(m))
			for i := range 300 {
				switch rnd.IntN(12) {
				case 0:
					s.SetColumns(columns("Ready", "Status", "X")[:1+rnd.IntN(3)])
				case 1:
					s.Begin("")
				case 2:
					s.End()
				case 3:
					s.Drop()
					s = table.Member(fmt.Sprint(m), fmt.Sprint(m, i))
				case 4:
					s.Delete(fmt.Sprint(rnd.IntN(400)))
				default:
					s.Put(row(fmt.Sprint(rnd.IntN(400)), "1/1", "Running", fmt.Sprint(i)))
				}
			}
		})
	}
	for range 2 {
		readers.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				q := pane.Query{Sort: []string{"", "c:X", "c:Status"}[i%3], Desc: i%2 == 0, Limit: 5000, Filter: pane.Filter{Search: fmt.Sprint(i % 5)}}
				if w := table.Window(q); len(w.Rows) != w.Matched || w.Matched > w.Total {
					t.Errorf("%d rows shown, %d matched of %d", len(w.Rows), w.Matched, w.Total)
				}
				table.Facets(q.Filter)
				table.Counts(q.Filter)
				table.Find("1", 10)
				table.Lookup("1/1")
			}
		})
	}
	writers.Wait()
	close(stop)
	readers.Wait()
}

// FuzzWindow asks for windows that nobody would ask for, of rows that nobody would send.
func FuzzWindow(f *testing.F) {
	f.Add("c:Status", "Running", "app=web", "web 1", 0, 10, true, "m/a")
	f.Add("c:", "\xff\xfe", "a in (", "\x00 \u202e", -5, -5, false, "/")
	f.Add("age", strings.Repeat("9", 500), "!x", strings.Repeat("a ", 100), 1<<62, 1<<62, true, "")
	f.Fuzz(func(t *testing.T, by, text, selector, search string, offset, limit int, desc bool, anchor string) {
		if len(text)+len(search)+len(selector) > 2000 {
			t.Skip("only slow")
		}
		table := pane.New(pane.Options{Limit: 100})
		s := table.Member(text, search)
		s.SetColumns([]pane.Definition{{Name: "Status", Type: "string"}, {Name: text, Type: by}, {Name: search, Type: "date"}, {}})
		for i := range 50 {
			cell := text[:i*len(text)/50]
			s.Put(pane.Record{
				ID: fmt.Sprint(i % 40), Name: cell + search, Namespace: search, Created: int64(offset), Labels: pane.Labels(text),
				Cells: []string{cell, search + cell, cell, cell, cell, cell}[:i%7],
			})
		}
		s.Delete(text, "3", "4", search)
		q := pane.Query{Sort: by, Desc: desc, Offset: offset, Limit: limit, Anchor: anchor}
		whole := table.Window(q)
		if whole.Matched != whole.Total || whole.Total != table.Rows() || len(whole.Rows) != min(max(0, limit), whole.Matched-whole.Offset) {
			t.Errorf("%d rows at %d, %d matched of %d", len(whole.Rows), whole.Offset, whole.Matched, whole.Total)
		}
		for i, r := range whole.Rows {
			q.Anchor = r.Key
			if got := table.Window(q).Anchor; got != whole.Offset+i {
				t.Errorf("row %q is at %d, not %d", r.Key, got, whole.Offset+i)
			}
		}
		q.Filter = pane.Filter{Labels: selector, Search: search, Status: []string{text}, Namespaces: []string{search}, Tones: []pane.Tone{pane.Tone(by)}, Cells: []string{by + "=" + text, search}}
		w := table.Window(q)
		if counts := table.Counts(q.Filter); counts.Matched != w.Matched {
			t.Errorf("%d matched, %d counted", w.Matched, counts.Matched)
		}
		table.Facets(q.Filter)
		table.Find(search, limit)
		table.Lookup(anchor)
		recent := pane.Query{Filter: pane.Filter{Since: int64(offset)}, Limit: 100}
		for _, r := range table.Window(recent).Rows {
			if search != "Last Seen" && text != "Last Seen" && offset != 0 && r.Created < int64(offset) {
				t.Errorf("a row made at %d is shown since %d", r.Created, offset)
			}
		}
		tallied := 0
		for _, f := range table.Tally(recent.Filter, "c:"+text, 1000) {
			tallied += f.Rows
		}
		if counted := table.Counts(recent.Filter).Matched; tallied != counted {
			t.Errorf("%d tallied, %d counted", tallied, counted)
		}
	})
}
