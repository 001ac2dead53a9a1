package pane

import (
	"slices"
	"strings"
)

// answers are what a store has worked out for questions. They are guarded by the store's lock.
type answers struct {
	names  order // by name: of all rows, always kept
	orders recent[sorting, order]
	sieves recent[string, sieve]
	some   []slot // of the last question, if it had a filter
}

// How many orders and sieves a store keeps.
const (
	keptOrders = 3
	keptSieves = 16
)

// order is the rows of a store, sorted.
type order struct {
	at    uint64 // the moment of the journal that it is right for
	slots []slot
}

// order is the store's rows in the order of a face; it is right until the store changes or is asked again, and not to be written.
func (s *Store) order(f *face) []slot {
	s.mendNames()
	if f.kind == byName || f.kind == byMember || f.values == nil {
		return s.answers.names.slots
	}
	o, made := s.answers.orders.get(f.sorting, keptOrders)
	changed, known := s.journal.since(o.at)
	if made && known && len(changed) <= len(o.slots)/16 {
		order := func(x, y slot) int { return compare(f, x, f, y) }
		o.slots = s.mend(o.slots, changed, func(fresh []slot) { slices.SortFunc(fresh, order) }, order)
	} else {
		o.slots = append(o.slots[:0], s.answers.names.slots...)
		f.sort(o.slots)
	}
	o.at = s.journal.now()
	return o.slots
}

// orderOf is order for some of the rows, and right until the store is asked again. When they are few they are sorted alone: most filters are tried once with a sorting.
func (s *Store) orderOf(f *face, some bitset) []slot {
	count := some.count()
	few := f.kind != byName && f.kind != byMember && f.values != nil && count < s.live/8
	s.mendNames()
	from := s.answers.names.slots
	if !few {
		from = s.order(f)
	}
	through := slices.Grow(s.answers.some[:0], count)
	for _, x := range from {
		if some.has(x) {
			through = append(through, x)
		}
	}
	if few {
		f.sort(through)
	}
	s.answers.some = through
	return through
}

// mendNames brings the order by name up to date.
func (s *Store) mendNames() {
	o := &s.answers.names
	f := s.face(sorting{}, 0)
	changed, known := s.journal.since(o.at)
	switch {
	case known && len(changed) == 0:
		return
	case known && len(changed) <= len(o.slots):
		o.slots = s.mend(o.slots, changed, s.sortNames, func(x, y slot) int { return compare(&f, x, &f, y) })
	default:
		o.slots = slices.AppendSeq(o.slots[:0], s.alive.all())
		s.sortNames(o.slots)
	}
	o.at = s.journal.now()
}

// sortNames sorts rows by name.
func (s *Store) sortNames(list []slot) {
	w := s.table.borrow()
	defer s.table.giveBack(w)
	f := s.face(sorting{}, 0)
	rows := sized(w.rows, len(list))
	for i, x := range list {
		rows[i].item = x
	}
	begins := func(x slot) prefix { return s.words.words[s.names[x]].prefix }
	w.rows = w.sortPrefixed(rows, begins, func(x, y slot) int { return compare(&f, x, &f, y) })
	for i, row := range w.rows {
		list[i] = row.item
	}
}

// mend takes the slots that have changed out of a sorted list, and merges those that are still rows back in. What hasn't
// changed is copied, not compared.
func (s *Store) mend(sorted, changed []slot, sort func([]slot), compare func(x, y slot) int) []slot {
	if len(changed) == 0 {
		return sorted
	}
	dirty := newBitset(len(s.ids))
	fresh := make([]slot, 0, len(changed))
	for _, x := range changed {
		if !dirty.has(x) && s.alive.has(x) {
			fresh = append(fresh, x)
		}
		dirty.add(x)
	}
	sort(fresh)
	sorted = slices.DeleteFunc(sorted, dirty.has)
	// From the end, so that one slice is enough: each fresh row moves what comes after it by as many as are still to come.
	end, todo := len(sorted), len(fresh)
	sorted = slices.Grow(sorted, todo)[:end+todo]
	for ; todo > 0; todo-- {
		x := fresh[todo-1]
		at, _ := slices.BinarySearchFunc(sorted[:end], x, compare)
		copy(sorted[at+todo:], sorted[at:end])
		sorted[at+todo-1] = x
		end = at
	}
	return sorted
}

// columnAt is the place of a column by its id, -1 when the store hasn't got it.
func (s *Store) columnAt(id string) int {
	title, server := strings.CutPrefix(id, columnPrefix)
	if !server {
		return -1
	}
	return slices.IndexFunc(s.columns, func(c column) bool { return c.Name == title })
}
