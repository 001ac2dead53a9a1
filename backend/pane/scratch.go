package pane

import "slices"

// scratch is memory that sorting and sieving need as long as they take. It is used again: what makes the slowest questions slow is
// collecting the garbage of those before.
type scratch struct {
	rows, texts []keyed
	spare       []keyed  // what sort writes into: the list that it returns and this one change places
	numbers     []uint64 // by value
	seen        bitset
	tried       []uint8
}

// borrow gives a scratch for one thing. The caller returns it.
func (t *Table) borrow() *scratch {
	if w, used := t.scratches.Get().(*scratch); used {
		return w
	}
	return &scratch{}
}

func (t *Table) giveBack(w *scratch) { t.scratches.Put(w) }

// sized is a list of so many with anything in them.
func sized[T any](list []T, size int) []T { return slices.Grow(list[:0], size)[:size] }

// cleared is a list of so many zeros.
func cleared[T any](list []T, size int) []T {
	list = sized(list, size)
	clear(list)
	return list
}
