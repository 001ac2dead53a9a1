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

// keys gives every row of an order the number that it is sorted by. A text's number is its rank among the column's texts in
// this store: these are sorted, not the rows, and many rows share few texts.
func (f *face) keys(rows []slot) []keyed {
	numbers := make([]uint64, 0) // by value
	switch f.kind {
	case byAge, byMoment:
	case byText:
		numbers = f.ranks(rows)
	default:
		numbers = f.parsed(rows)
	}
	out := make([]keyed, len(rows))
	for i, x := range rows {
		if len(numbers) > 0 {
			out[i] = keyed{numbers[f.values[x]], x}
		} else {
			out[i] = keyed{f.number(x), x}
		}
	}
	return out
}

// parsed reads each text once.
func (f *face) parsed(rows []slot) []uint64 {
	numbers := make([]uint64, len(f.words.words))
	seen := newBitset(len(numbers))
	for _, x := range rows {
		if n := f.values[x]; !seen.has(n) {
			seen.add(n)
			numbers[n] = f.numberOf(n)
		}
	}
	return numbers
}

// ranks numbers the texts in their order.
func (f *face) ranks(rows []slot) []uint64 {
	words := f.words.words
	seen := newBitset(len(words))
	texts := make([]keyed, 0, len(rows))
	for _, x := range rows {
		if n := f.values[x]; !seen.has(n) {
			seen.add(n)
			texts = append(texts, keyed{item: n})
		}
	}
	texts = sortPrefixed(texts, func(n uint32) prefix { return words[n].prefix }, func(n, m uint32) int {
		return compareWords(&words[n], &words[m])
	})
	ranks := make([]uint64, len(words))
	for i, text := range texts {
		rank := uint64(i)
		switch {
		case words[text.item].shapes&blankShape != 0:
			rank = last
		case f.desc:
			rank = uint64(len(texts) - i) //nolint:gosec // G115: never negative
		}
		ranks[text.item] = rank
	}
	return ranks
}

// sortPrefixed sorts items by texts: their beginnings as numbers, and only those that begin alike by comparing.
func sortPrefixed(list []keyed, begins func(item uint32) prefix, compare func(a, b uint32) int) []keyed {
	for i := range list {
		list[i].key = begins(list[i].item).low
	}
	list = sortKeyed(list)
	for i := range list {
		list[i].key = begins(list[i].item).high
	}
	list = sortKeyed(list)
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

// sortKeyed sorts stably: byte by byte of the key from the lowest, skipping those in which all keys are alike.
func sortKeyed(list []keyed) []keyed {
	const few = 200
	if len(list) < few {
		slices.SortStableFunc(list, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
		return list
	}
	differ := uint64(0)
	for _, k := range list {
		differ |= k.key ^ list[0].key
	}
	other := make([]keyed, len(list))
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
	return list
}
