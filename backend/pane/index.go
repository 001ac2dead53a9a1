package pane

import "hash/maphash"

// index finds what has a text: a word, or a row by its ID. It knows numbers and hashes only, and asks for the texts: so a number
// takes 8 bytes where a map would keep a text's address and length beside it, and growing touches no text.
type index struct {
	seed    maphash.Seed // nobody can choose texts that collide
	entries []entry      // a power of two of them; an entry is at its hash's place, or behind it without a gap
	used    int
}

type entry struct {
	hash uint32
	next uint32 // the number and 1; 0 is a free entry
}

const fewestEntries = 8

func newIndex() index {
	return index{seed: maphash.MakeSeed(), entries: make([]entry, fewestEntries)}
}

func (t *index) hash(text string) uint32 {
	return uint32(maphash.String(t.seed, text)) //nolint:gosec // G115: its lower half
}

func (t *index) mask() uint32 { return uint32(len(t.entries) - 1) } //nolint:gosec // G115: never so many

// find gives the number of a text with this hash.
func (t *index) find(hash uint32, text string, textOf func(number uint32) string) (number uint32, known bool) {
	mask := t.mask()
	for i := hash & mask; t.entries[i].next != 0; i = (i + 1) & mask {
		if e := t.entries[i]; e.hash == hash && textOf(e.next-1) == text {
			return e.next - 1, true
		}
	}
	return 0, false
}

// add takes a number in whose text isn't known yet.
func (t *index) add(hash, number uint32) {
	if t.used++; t.used > len(t.entries)/4*3 {
		old := t.entries
		t.entries = make([]entry, 2*len(old))
		for _, e := range old {
			if e.next != 0 {
				t.place(e)
			}
		}
	}
	t.place(entry{hash, number + 1})
}

func (t *index) place(e entry) {
	mask := t.mask()
	i := e.hash & mask
	for t.entries[i].next != 0 {
		i = (i + 1) & mask
	}
	t.entries[i] = e
}

// remove takes a known number out, and closes the gap: what would be looked for beyond it moves up.
func (t *index) remove(hash, number uint32) {
	mask := t.mask()
	gap := hash & mask
	for t.entries[gap].next != number+1 {
		gap = (gap + 1) & mask
	}
	for i := (gap + 1) & mask; t.entries[i].next != 0; i = (i + 1) & mask {
		if home := t.entries[i].hash & mask; (i-home)&mask >= (i-gap)&mask {
			t.entries[gap], gap = t.entries[i], i
		}
	}
	t.entries[gap] = entry{}
	t.used--
}
