package pane

import (
	"slices"
	"sync"
)

// Record is one object as a server's table tells it.
type Record struct {
	ID              string // the UID; of objects that have none: namespace, "/" and name. Unique in the member.
	Namespace, Name string
	Created         int64 // Unix milliseconds, 0 is unknown; whole seconds are kept
	Deleting        bool
	Labels          Labels
	Cells           []string // one for each Definition; those of Common columns are ignored, those of Time columns are from TimeCell
}

// Store is what one member gives to a table. One goroutine at a time writes it.
type Store struct {
	table *Table
	id    string // constant

	mu           sync.Mutex
	name, folded string // the member's name; in lower case too
	gone         bool   // it was dropped: writes do nothing
	rows
	defs    []Definition // as they were set
	list    list
	journal journal
	answers answers
}

// list is the list that is going on, or that was the last.
type list struct {
	mark      uint32 // what rows bear that it, or a change since its begin, has brought
	open      bool
	namespace string // that it lists; "" is all
	unseen    int    // rows that it should bring and hasn't yet
}

// batch is how many rows are put before others get a turn.
const batch = 128

// Rows is how many the store keeps.
func (s *Store) Rows() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.live
}

// change runs a change under the lock, and rings when it says that something can be seen of it.
func (s *Store) change(do func() bool) {
	s.mu.Lock()
	changed := !s.gone && do()
	if changed {
		s.table.seq.Add(1) // before the lock goes: a question counts what it sees
	}
	s.mu.Unlock()
	if changed {
		s.table.ring()
	}
}

// SetColumns tells the server's columns, all of them. Rows that are here keep the cells of columns that have the same title.
func (s *Store) SetColumns(defs []Definition) {
	s.change(func() bool {
		if slices.Equal(s.defs, defs) {
			return false
		}
		s.defs = slices.Clone(defs)
		s.define(s.defs)
		s.forget()
		return true
	})
}

// Begin starts a fresh list of the whole member ("") or of one namespace. What is here stays until End. A list that failed is
// begun again; its rows are then as old as the others.
func (s *Store) Begin(namespace string) {
	s.change(func() bool {
		s.list = list{mark: s.list.mark + 1, open: true, namespace: namespace}
		for x := range s.alive.all() {
			if s.listed(x) {
				s.list.unseen++
			}
		}
		return false
	})
}

// listed says whether the list that is open should bring the row, or tell by its end that it is gone.
func (s *Store) listed(x slot) bool {
	return s.list.open && s.marks[x] != s.list.mark && (s.list.namespace == "" || s.text(s.namespaces[x]) == s.list.namespace)
}

// End says that the list is complete: rows that it should have brought, and that weren't put since Begin either, vanish.
func (s *Store) End() {
	s.change(func() bool {
		before := s.live
		for x := range s.alive.all() {
			if s.listed(x) {
				s.remove(x)
				s.note(x)
			}
		}
		s.list = list{mark: s.list.mark}
		s.mendNames()
		return s.live != before
	})
}

// Put adds rows, or replaces those of the same ID. It says whether all were taken: a member that is full takes no new ones.
func (s *Store) Put(records ...Record) bool {
	all := true
	for part := range slices.Chunk(records, batch) {
		s.change(func() bool {
			changed := false
			for i := range part {
				took, other := s.put(&part[i])
				all, changed = all && took, changed || other
			}
			return changed
		})
	}
	return all
}

func (s *Store) put(record *Record) (took, changed bool) {
	id := record.ID
	if id == "" {
		id = record.Namespace + "/" + record.Name
	}
	x, known := s.lookup(id)
	switch {
	case !known && s.full():
		return false, false
	case !known:
		x = s.add(id)
	case s.listed(x):
		s.list.unseen--
	}
	changed = s.set(x, record) || !known
	s.marks[x] = s.list.mark
	if changed {
		s.note(x)
	}
	return true, changed
}

// full says that no new row is taken. What an open list hasn't brought yet will be gone by its end, so it doesn't count; but lists
// that never end mustn't fill the memory either.
func (s *Store) full() bool {
	limit := s.table.options.Limit
	return limit > 0 && (s.live-s.list.unseen >= limit || s.live >= 2*limit)
}

// Delete removes rows by ID; unknown ones are fine.
func (s *Store) Delete(ids ...string) {
	s.change(func() bool {
		before := s.live
		for _, id := range ids {
			x, known := s.lookup(id)
			if !known {
				continue
			}
			if s.listed(x) {
				s.list.unseen--
			}
			s.remove(x)
			s.note(x)
		}
		return s.live != before
	})
}

// Drop takes the store out of its table. It is this very store that goes: one that was made since for the same member stays.
func (s *Store) Drop() {
	t := s.table
	t.mu.Lock()
	i := slices.Index(t.stores, s)
	if i >= 0 {
		t.stores = slices.Delete(t.stores, i, i+1)
	}
	t.mu.Unlock()
	if i < 0 {
		return
	}
	s.change(func() bool {
		s.gone, s.rows, s.defs = true, newRows(), nil
		s.forget()
		return true
	})
}

// note writes into the journal that a row has changed.
func (s *Store) note(x slot) {
	s.journal.add(x)
	if s.journal.full(s.live) {
		s.mendNames()
		s.journal.restart()
	}
}

// forget drops all cached answers.
func (s *Store) forget() {
	s.answers = answers{}
	s.journal.invalidate()
}
