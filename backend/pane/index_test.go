package pane

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// An index says what a map says, whatever comes and goes, and wherever hashes collide.
func TestIndexIsAMap(t *testing.T) {
	for name, hashes := range map[string]uint32{"one place for all": 1, "few places": 7, "many places": 1 << 31} {
		t.Run(name, func(t *testing.T) {
			rnd := rand.New(rand.NewPCG(1, uint64(hashes)))
			index, want := newIndex(), map[string]uint32{}
			texts := make([]string, 300)
			for i := range texts {
				texts[i] = fmt.Sprint("text ", i)
			}
			hash := func(text string) uint32 { return index.hash(text) % hashes * (1<<31/hashes + 1) }
			textOf := func(n uint32) string { return texts[n] }
			for range 10_000 {
				n := rnd.Uint32N(uint32(len(texts))) >> rnd.IntN(3)
				switch _, known := want[texts[n]]; {
				case !known:
					want[texts[n]] = n
					index.add(hash(texts[n]), n)
				default:
					delete(want, texts[n])
					index.remove(hash(texts[n]), n)
				}
				if index.used != len(want) {
					t.Fatalf("it has %d texts, want %d", index.used, len(want))
				}
				probe := texts[rnd.IntN(len(texts))]
				got, known := index.find(hash(probe), probe, textOf)
				if n, should := want[probe]; known != should || got != n {
					t.Fatalf("%q is %d, %v; want %d, %v", probe, got, known, n, should)
				}
			}
		})
	}
}
