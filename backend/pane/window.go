package pane

import "strings"

// Window answers a query.
func (t *Table) Window(q Query) Window {
	defer t.hold()()
	l := t.layout()
	f := q.filter(l.status)
	rs := t.runs(l.sorting(q.Sort, q.Desc), &f)
	w := Window{
		Seq: t.Seq(), Columns: l.columns(), Total: t.total(), Matched: rs.count(), Offset: max(0, q.Offset), Anchor: -1,
		Problem: f.problem,
	}
	limit := max(0, q.Limit)
	if w.Offset >= w.Matched {
		w.Offset = max(0, w.Matched-limit)
	}
	w.Rows = make([]Row, 0, min(limit, w.Matched-w.Offset))
	rs.each(rs.seek(w.Offset), limit, func(r *run, x slot) {
		w.Rows = append(w.Rows, l.row(r.Store, r.place, x))
	})
	if s, _, x, ok := t.find(q.Anchor); ok {
		w.Anchor = rs.find(s, x)
	}
	return w
}

// runs sorts and sieves each store's rows.
func (t *Table) runs(by sorting, f *filter) runs {
	rs := make(runs, len(t.stores))
	t.each(func(place int, s *Store) {
		face := s.face(by, place)
		rs[place] = run{face: face}
		if !f.takes(s) {
			return
		}
		if f.conditions() == 0 {
			rs[place].rows = s.order(&face)
		} else {
			rs[place].rows = s.orderOf(&face, s.passing(f.namespaces, f.status, f.other))
		}
	})
	return rs
}

// Lookup finds a row by its key.
func (t *Table) Lookup(key string) (Row, bool) {
	defer t.hold()()
	s, place, x, ok := t.find(key)
	if !ok {
		return Row{}, false
	}
	l := t.layout()
	return l.row(s, place, x), true
}

// find finds a row by its key for who holds the table.
func (t *Table) find(key string) (s *Store, place int, x slot, ok bool) {
	for place, s := range t.stores {
		if id, mine := strings.CutPrefix(key, s.id+"/"); mine {
			if x, ok := s.lookup(id); ok {
				return s, place, x, true
			}
		}
	}
	return nil, 0, 0, false
}
