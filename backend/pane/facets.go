package pane

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// How many values of a field are told.
const (
	mostNamespaces = 500
	mostStatus     = 100
)

// Facets counts the values that each field of a filter can have, under the rest of the filter.
func (t *Table) Facets(filter Filter) Facets {
	defer t.hold()()
	l := t.layout()
	f := filter.filter(l.status)
	out := Facets{Seq: t.Seq(), Members: make([]Facet, len(t.stores)), Problem: f.problem}
	namespaces, status := newTally(filter.Namespaces), newTally(filter.Status)
	t.each(func(place int, s *Store) {
		out.Members[place] = Facet{Value: s.id, Rows: s.passing(f.namespaces, f.status, f.other).count(), Tone: ToneNone}
		if f.takes(s) {
			namespaces.add(s, s.namespaces, s.passing(f.status, f.other))
			status.add(s, s.texts(l.status), s.passing(f.namespaces, f.other))
		}
	})
	out.Namespaces = namespaces.facets(mostNamespaces)
	out.Status = l.toned(status.facets(mostStatus))
	return out
}

// Counts counts the rows that pass a filter, by status and by tone.
func (t *Table) Counts(filter Filter) Counts {
	defer t.hold()()
	l := t.layout()
	f := filter.filter(l.status)
	out := Counts{Seq: t.Seq(), Tones: map[Tone]int{}}
	status := newTally(nil)
	tones := make([][toneCount]int, len(t.stores))
	t.each(func(place int, s *Store) {
		if !f.takes(s) {
			return
		}
		bits := s.passing(f.namespaces, f.status, f.other)
		status.add(s, s.texts(l.status), bits)
		for x := range bits.all() {
			tones[place][s.tones[x]]++
		}
	})
	for _, counted := range tones {
		for i, n := range counted {
			out.Matched += n
			if n > 0 {
				out.Tones[tone(i).Tone()] += n
			}
		}
	}
	if l.status != "" {
		out.Status = l.toned(status.facets(mostStatus))
	}
	return out
}

// toned gives the values of the status column their tones; without such a column there are none.
func (l *layout) toned(facets []Facet) []Facet {
	if l.status == "" {
		return nil
	}
	for i := range facets {
		t := toneOf(facets[i].Value)
		if part, whole, ok := fraction(facets[i].Value); ok {
			t = shareTone(part, whole, takesTime(strings.TrimPrefix(l.status, columnPrefix)))
		}
		facets[i].Tone = t.Tone()
	}
	return facets
}

// tally counts texts over stores.
type tally struct {
	chosen []string

	mu   sync.Mutex
	rows map[string]int
}

// newTally counts the chosen texts too where there are none.
func newTally(chosen []string) *tally {
	t := &tally{chosen: chosen, rows: map[string]int{}}
	for _, text := range chosen {
		t.rows[text] = 0
	}
	return t
}

// add counts a field's texts in some rows of a store.
func (t *tally) add(s *Store, values []uint32, rows bitset) {
	counts := make([]int, len(s.words.words))
	for x := range rows.all() {
		counts[values[x]]++
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for n, rows := range counts {
		if rows > 0 {
			t.rows[s.words.words[n].text] += rows
		}
	}
}

// facets are the most frequent texts, most of them at most, and the chosen ones.
func (t *tally) facets(most int) []Facet {
	list := make([]Facet, 0, len(t.rows))
	for text, rows := range t.rows {
		list = append(list, Facet{Value: text, Rows: rows, Tone: ToneNone})
	}
	slices.SortFunc(list, func(a, b Facet) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), Natural(a.Value, b.Value))
	})
	if len(list) <= most {
		return list
	}
	rare := slices.DeleteFunc(slices.Clone(list[most:]), func(f Facet) bool { return !slices.Contains(t.chosen, f.Value) })
	return append(list[:most], rare...)
}
