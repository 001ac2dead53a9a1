package pane

import (
	"cmp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Options are what a table is made with.
type Options struct {
	Limit   int    // rows that are kept of a member; 0 is no limit
	Changed func() // after each change, outside all locks, often; may be nil
}

// Table is the rows of one kind of all members.
type Table struct {
	options Options
	seq     atomic.Int64

	scratches sync.Pool

	mu     sync.Mutex // before any store's
	stores []*Store   // by member's name, then id
}

// New makes a table without members.
func New(o Options) *Table { return &Table{options: o} }

// Seq rises with every change that can be seen.
func (t *Table) Seq() int64 { return t.seq.Load() }

func (t *Table) ring() {
	if t.options.Changed != nil {
		t.options.Changed()
	}
}

// Member finds or makes the store of a member. Another name than before renames it.
func (t *Table) Member(id, name string) *Store {
	s, changed := t.member(id, name)
	if changed {
		t.ring()
	}
	return s
}

func (t *Table) member(id, name string) (s *Store, changed bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	i := slices.IndexFunc(t.stores, func(s *Store) bool { return s.id == id })
	switch {
	case i < 0:
		s = &Store{table: t, id: id, rows: newRows()}
		s.rename(name)
		t.stores = append(t.stores, s)
	case t.stores[i].rename(name):
		s = t.stores[i]
	default:
		return t.stores[i], false
	}
	slices.SortFunc(t.stores, func(a, b *Store) int {
		return cmp.Or(Natural(a.name, b.name), strings.Compare(a.id, b.id))
	})
	t.seq.Add(1)
	return s, true
}

func (s *Store) rename(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.name == name {
		return false
	}
	s.name, s.folded = name, strings.ToLower(name)
	return true
}

// Rows is how many are kept of all members.
func (t *Table) Rows() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	total := 0
	for _, s := range t.stores {
		total += s.Rows()
	}
	return total
}

// hold locks the table and all its stores, so that what is asked is of one moment. The caller calls release.
func (t *Table) hold() (release func()) {
	t.mu.Lock()
	for _, s := range t.stores {
		s.mu.Lock()
	}
	return func() {
		for _, s := range t.stores {
			s.mu.Unlock()
		}
		t.mu.Unlock()
	}
}

// total is Rows for who holds the table.
func (t *Table) total() (rows int) {
	for _, s := range t.stores {
		rows += s.live
	}
	return rows
}

// each calls do for every store with its place, several at once when there is enough to do. It returns when all have.
func (t *Table) each(do func(place int, s *Store)) {
	const little = 4000 // rows that take less time than waking another processor
	workers := min(runtime.GOMAXPROCS(0), len(t.stores))
	if t.total() < little {
		workers = min(1, workers)
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for {
				place := int(next.Add(1) - 1)
				if place >= len(t.stores) {
					return
				}
				do(place, t.stores[place])
			}
		})
	}
	wg.Wait()
}
