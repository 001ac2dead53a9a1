package pane

import (
	"iter"
	"math/bits"
)

// bitset is a bit a slot.
type bitset []uint64

func newBitset(size int) bitset { return make(bitset, bitsetWords(size)) }

// bitsetWords is how long a bitset for so many slots is.
func bitsetWords(size int) int { return (size + 63) / 64 }

func (b bitset) has(x slot) bool { return b[x>>6]&(1<<(x&63)) != 0 }
func (b bitset) add(x slot)      { b[x>>6] |= 1 << (x & 63) }
func (b bitset) remove(x slot)   { b[x>>6] &^= 1 << (x & 63) }

func (b bitset) put(x slot, on bool) {
	if on {
		b.add(x)
	} else {
		b.remove(x)
	}
}

// grown has room for size slots.
func (b bitset) grown(size int) bitset {
	for len(b)*64 < size {
		b = append(b, 0)
	}
	return b
}

// and keeps what is in both.
func (b bitset) and(other bitset) {
	for i := range b {
		b[i] &= other[i]
	}
}

func (b bitset) count() (n int) {
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

func (b bitset) all() iter.Seq[slot] {
	return func(yield func(slot) bool) {
		for i, w := range b {
			for ; w != 0; w &= w - 1 {
				if !yield(slot(i<<6 + bits.TrailingZeros64(w))) { //nolint:gosec // G115: as many as there are slots
					return
				}
			}
		}
	}
}
