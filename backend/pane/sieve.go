package pane

import "slices"

// condition is one condition of a filter. It passes the rows that have an accepted value in one of some fields: so a text is
// tried once, however many rows have it.
type condition struct {
	key    string // equal conditions have equal ones
	fields func(s *Store) [][]uint32
	accept func(s *Store, value uint32) bool
	all    func(s *Store) bool         // whether it passes all of the store's rows, whatever their values; may be nil
	narrow func(s *Store, bits bitset) // in place of all of these: takes the rows out that don't pass; may be nil
}

// sieve is the rows of a store that a condition passes; of slots that hold no row it says nothing.
type sieve struct {
	at   uint64 // the moment of the journal that it is right for
	made bool
	bits bitset
}

// sieve is the condition's; it is right until the store changes, and not to be written.
func (s *Store) sieve(c *condition) bitset {
	v := s.answers.sieves.get(c.key, keptSieves)
	if changed, known := s.journal.since(v.at); known && v.made {
		v.bits = v.bits.grown(len(s.ids))
		fields := c.fields(s)
		for _, x := range changed {
			v.bits.put(x, slices.ContainsFunc(fields, func(f []uint32) bool { return c.accept(s, f[x]) }))
		}
	} else {
		v.bits = s.pass(c)
	}
	v.at, v.made = s.journal.now(), true
	return v.bits
}

// pass tries every slot, those of rows that went too: whoever asks begins with those that are alive.
func (s *Store) pass(c *condition) bitset {
	const (
		untried = iota
		refused
		accepted
	)
	bits := newBitset(len(s.ids))
	tried := make([]uint8, max(len(s.words.words), len(s.sets.words), int(toneCount)))
	for _, values := range c.fields(s) {
		for x, value := range values {
			if tried[value] == untried {
				tried[value] = refused
				if c.accept(s, value) {
					tried[value] = accepted
				}
			}
			if tried[value] == accepted {
				bits.add(slot(x))
			}
		}
	}
	return bits
}
