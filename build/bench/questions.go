package main

import (
	"slices"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

const windowRows = 100

// question is something that a person does at a table; the i-th window of it is another one than those before.
type question struct {
	what string
	ask  func(i int) pane.Query
}

// questions are in turn those of somebody who scrolls, sorts, types and filters. None but the scroll can use what the one
// before has worked out.
func questions() []question {
	sorts := []string{"c:IP", "c:Status", "age", "c:Node", "namespace", "c:Restarts", "c:Ready", "member"}
	words := []string{"cart-api", "checkout-worker", "billing-web-1", "pricing 10.200.1", "team-07 crash", "herd-13 node-00"}
	typed := func(i int) string { // letter by letter, then the next word
		for {
			for _, w := range words {
				if i < len(w) {
					return strings.TrimSpace(w[:i+1])
				}
				i -= len(w)
			}
		}
	}
	teams := []string{"team-01", "team-02", "team-03", "team-05", "team-07", "team-11", "team-13"}
	return []question{
		{"scroll", func(i int) pane.Query { return pane.Query{Offset: i * 7919} }},
		{"sort", func(i int) pane.Query { return pane.Query{Sort: sorts[i%8], Desc: i/8%2 == 0} }},
		{"search", func(i int) pane.Query { return pane.Query{Filter: pane.Filter{Search: typed(i)}} }},
		{"filter", func(i int) pane.Query {
			return pane.Query{Filter: pane.Filter{Namespaces: []string{teams[i%7], teams[(i/7+1)%7]}, Status: []string{"Running", "Completed"}}}
		}},
		{"labels", func(i int) pane.Query {
			return pane.Query{Filter: pane.Filter{Labels: "pod-template-hash,pod-template-hash notin (" + strings.Repeat("x", i%40+1) + ")"}}
		}},
		{"filter and sort", func(i int) pane.Query {
			return pane.Query{Sort: sorts[(i+3)%8], Desc: i%2 == 0, Filter: pane.Filter{Search: typed(i * 3), Status: []string{"Running"}}}
		}},
	}
}

// windowTimes asks so many windows of each in turn, and gives the ms that each took.
func windowTimes(table *pane.Table, n int) samples {
	all, rows := questions(), max(1, table.Rows())
	took := make(samples, 0, n)
	for i := range n {
		q := all[i%len(all)].ask(i / len(all))
		q.Limit, q.Offset = windowRows, q.Offset%rows
		began := time.Now()
		table.Window(q)
		took = append(took, ms(time.Since(began)))
	}
	return took
}

// p99 is the value that 99 of a hundred samples don't exceed.
func (s samples) p99() float64 {
	if len(s) == 0 {
		return samples(nil).median() // not a number
	}
	sorted := slices.Sorted(slices.Values(s))
	return sorted[min(len(sorted)-1, len(sorted)*99/100)]
}
