package pane

import (
	"slices"
	"sort"
)

// run is the rows of one store that match, in order.
type run struct {
	face
	rows []slot
}

// runs are those of all stores, as one sorted list that nobody writes down.
type runs []run

func (rs runs) count() (rows int) {
	for i := range rs {
		rows += len(rs[i].rows)
	}
	return rows
}

// below is how many rows of a run, from at until end, come before row x of f.
func (r *run) below(f *face, x slot, at, end int) int {
	return sort.Search(end-at, func(i int) bool { return compare(&r.face, r.rows[at+i], f, x) >= 0 })
}

// seek finds where the first offset rows of all end in each run.
//
// Each round takes a row that is no less than a quarter and no more than three quarters of those in question, counts what comes
// before it, and so learns on which side of it the end lies: a weighted median of the runs' middles is such a row.
func (rs runs) seek(offset int) []int {
	low, high := make([]int, len(rs)), make([]int, len(rs))
	for i := range rs {
		high[i] = len(rs[i].rows)
	}
	cut := make([]int, len(rs))
	for {
		pivot, more := rs.middle(low, high)
		if !more {
			return low
		}
		p := &rs[pivot]
		x, before := p.rows[(low[pivot]+high[pivot])/2], 0
		for i := range rs {
			cut[i] = low[i] + rs[i].below(&p.face, x, low[i], high[i])
			before += cut[i]
		}
		if before < offset {
			cut[pivot]++ // x itself
			low, cut = cut, low
		} else {
			high, cut = cut, high
		}
	}
}

// middle is the run whose middle row is the weighted median of those between low and high.
func (rs runs) middle(low, high []int) (pivot int, more bool) {
	var list []int
	weight := 0
	for i := range rs {
		if low[i] < high[i] {
			list = append(list, i)
			weight += high[i] - low[i]
		}
	}
	mid := func(i int) slot { return rs[i].rows[(low[i]+high[i])/2] }
	slices.SortFunc(list, func(i, j int) int { return compare(&rs[i].face, mid(i), &rs[j].face, mid(j)) })
	sum := 0
	for _, i := range list {
		if sum += high[i] - low[i]; 2*sum >= weight {
			return i, true
		}
	}
	return 0, false
}

// each merges the runs from where they stand until it has shown limit rows. It moves at.
func (rs runs) each(at []int, limit int, show func(r *run, x slot)) {
	head := func(i int) slot { return rs[i].rows[at[i]] }
	order := func(i, j int) int { return compare(&rs[i].face, head(i), &rs[j].face, head(j)) }
	var heads []int // runs that have more, by their first row
	for i := range rs {
		if at[i] < len(rs[i].rows) {
			heads = append(heads, i)
		}
	}
	slices.SortFunc(heads, order)
	for ; limit > 0 && len(heads) > 0; limit-- {
		first := heads[0]
		show(&rs[first], head(first))
		if at[first]++; at[first] == len(rs[first].rows) {
			heads = heads[1:]
			continue
		}
		to, _ := slices.BinarySearchFunc(heads[1:], first, order)
		copy(heads, heads[1:to+1])
		heads[to] = first
	}
}

// find is how many rows come before a store's row; -1 when it isn't among them.
func (rs runs) find(s *Store, x slot) int {
	i := slices.IndexFunc(rs, func(r run) bool { return r.Store == s })
	if i < 0 {
		return -1
	}
	own := &rs[i]
	if at := own.below(&own.face, x, 0, len(own.rows)); at == len(own.rows) || own.rows[at] != x {
		return -1
	}
	before := 0
	for i := range rs {
		before += rs[i].below(&own.face, x, 0, len(rs[i].rows))
	}
	return before
}
