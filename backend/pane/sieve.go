package pane

import "slices"

// condition is one condition of a filter. It passes the rows that have an accepted value in one of some fields: so a text is
// tried once, however many rows have it.
type condition struct {
	key    string // equal conditions have equal ones
	fields func(s *Store) [][]uint32
	accept func(s *Store, value uint32) bool
	wide   bool                        // the fields have nearly all of the store's texts
	all    func(s *Store) bool         // whether it passes all of the store's rows, whatever their values; may be nil
	narrow func(s *Store, bits bitset) // in place of all of these: takes the rows out that don't pass; may be nil
}

// sieve is the rows of a store that a condition passes; of slots that hold no row it says nothing.
type sieve struct {
	at   uint64 // the moment of the journal that it is right for
	bits bitset
}

// sieve is the condition's; it is right until the store changes, and not to be written.
func (s *Store) sieve(c *condition) bitset {
	v, made := s.answers.sieves.get(c.key, keptSieves)
	if changed, known := s.journal.since(v.at); known && made {
		v.bits = v.bits.grown(len(s.ids))
		fields := c.fields(s)
		for _, x := range changed {
			v.bits.put(x, slices.ContainsFunc(fields, func(f []uint32) bool { return c.accept(s, f[x]) }))
		}
	} else {
		v.bits = cleared(v.bits, bitsetWords(len(s.ids)))
		s.pass(c, v.bits)
	}
	v.at = s.journal.now()
	return v.bits
}

// pass adds every slot that passes, those of rows that went too: whoever asks begins with those that are alive.
func (s *Store) pass(c *condition, into bitset) {
	w := s.table.borrow()
	defer s.table.giveBack(w)
	fields := c.fields(s)
	if !s.try(c, fields, w) {
		return
	}
	for _, values := range fields {
		for word := range into {
			bits := uint64(0)
			for x, value := range values[word*64 : min(word*64+64, len(values))] {
				bits |= uint64(w.tried[value]&accepted) << x
			}
			into[word] |= bits
		}
	}
}

// What is known of a value, as bits.
const (
	accepted = 1 << iota
	refused
)

// try tries each value of the fields once, and says whether any is accepted. When they are nearly all of the store's, they are tried in
// the order in which they lie in the memory.
func (s *Store) try(c *condition, fields [][]uint32, w *scratch) (some bool) {
	w.tried = cleared(w.tried, max(len(s.words.words), len(s.sets.words), int(toneCount)))
	verdict := func(value uint32) {
		w.tried[value] = refused
		if c.accept(s, value) {
			w.tried[value], some = accepted, true
		}
	}
	if c.wide {
		for value := range s.words.words {
			verdict(uint32(value))
		}
		return some
	}
	for _, values := range fields {
		for _, value := range values {
			if w.tried[value] == 0 {
				verdict(value)
			}
		}
	}
	return some
}
