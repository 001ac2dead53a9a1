package pane

import (
	"cmp"
	"slices"
)

// keyed is an item, a row or a text, with the number that it is sorted by.
type keyed struct {
	key  uint64
	item uint32
}

// sort puts rows that are sorted by name into the order of the face.
func (f *face) sort(rows []slot) {
	w := f.table.borrow()
	defer f.table.giveBack(w)
	w.rows = w.sort(f.keys(rows, w))
	for i, k := range w.rows {
		rows[i] = k.item
	}
}

// keys gives every row the number that it is sorted by. A text's number is its rank among the column's texts in this store: these are
// sorted, not the rows, and many rows share few texts.
func (f *face) keys(rows []slot, w *scratch) []keyed {
	numbers := f.kind != byAge && f.kind != byMoment // by value
	w.numbers = sized(w.numbers, len(f.words.words))
	w.seen = cleared(w.seen, bitsetWords(len(w.numbers)))
	switch {
	case f.kind == byText:
		f.ranks(rows, w)
	case numbers:
		f.parsed(rows, w)
	}
	w.rows = sized(w.rows, len(rows))
	for i, x := range rows {
		if numbers {
			w.rows[i] = keyed{w.numbers[f.values[x]], x}
		} else {
			w.rows[i] = keyed{f.number(x), x}
		}
	}
	return w.rows
}

// parsed reads each text once.
func (f *face) parsed(rows []slot, w *scratch) {
	for _, x := range rows {
		if n := f.values[x]; !w.seen.has(n) {
			w.seen.add(n)
			w.numbers[n] = f.numberOf(n)
		}
	}
}

// ranks numbers the texts in their order.
func (f *face) ranks(rows []slot, w *scratch) {
	words := f.words.words
	texts := w.texts[:0]
	for _, x := range rows {
		if n := f.values[x]; !w.seen.has(n) {
			w.seen.add(n)
			texts = append(texts, keyed{item: n})
		}
	}
	texts = w.sortPrefixed(texts, func(n uint32) prefix { return words[n].prefix }, func(n, m uint32) int {
		return compareWords(&words[n], &words[m])
	})
	for i, text := range texts {
		rank := uint64(i)
		switch {
		case words[text.item].shapes&blankShape != 0:
			rank = last
		case f.desc:
			rank = uint64(len(texts) - i) //nolint:gosec // G115: never negative
		}
		w.numbers[text.item] = rank
	}
	w.texts = texts
}

// sortPrefixed sorts items by texts: their beginnings as numbers, and only those that begin alike by comparing.
func (w *scratch) sortPrefixed(list []keyed, begins func(item uint32) prefix, compare func(a, b uint32) int) []keyed {
	for i := range list {
		list[i].key = begins(list[i].item).low
	}
	list = w.sort(list)
	for i := range list {
		list[i].key = begins(list[i].item).high
	}
	list = w.sort(list)
	for from := 0; from < len(list); {
		end := from + 1
		for begin := begins(list[from].item); end < len(list) && begins(list[end].item) == begin; {
			end++
		}
		if end-from > 1 {
			slices.SortFunc(list[from:end], func(a, b keyed) int { return compare(a.item, b.item) })
		}
		from = end
	}
	return list
}

// sort sorts stably: byte by byte of the key from the lowest, skipping those in which all keys are alike. The list that is given is
// no longer the caller's.
func (w *scratch) sort(list []keyed) []keyed {
	const few = 200
	if len(list) < few {
		slices.SortStableFunc(list, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
		return list
	}
	differ := uint64(0)
	for _, k := range list {
		differ |= k.key ^ list[0].key
	}
	other := sized(w.spare, len(list))
	for shift := 0; shift < 64; shift += 8 {
		if differ>>shift&0xff == 0 {
			continue
		}
		var place [256]int
		for _, k := range list {
			place[k.key>>shift&0xff]++
		}
		for i, sum := 0, 0; i < len(place); i++ {
			place[i], sum = sum, sum+place[i]
		}
		for _, k := range list {
			at := &place[k.key>>shift&0xff]
			other[*at] = k
			*at++
		}
		list, other = other, list
	}
	w.spare = other
	return list
}
