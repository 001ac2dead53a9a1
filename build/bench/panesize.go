package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
)

// sizeCost is what a table of so many rows costs.
type sizeCost struct {
	Rows    int
	Seconds float64 // to list
	MB      float64 // of heap
	P99     float64 // of windows, ms
}

const (
	sizeLists   = 3
	sizeWindows = 1200
)

func sizeRows() []int { return []int{1_000, 10_000, crowdPods, 300_000} }

// sizes measures tables from 1,000 to 300,000 rows over 20 members: what a row takes, and that time and memory grow no faster than
// the rows do.
func sizes(ctx context.Context, l *lab) ([]figure, error) {
	var found []figure
	var costs []sizeCost
	for _, rows := range sizeRows() {
		if rows > 3*l.pods {
			break
		}
		cost, err := l.cost(ctx, rows)
		if err != nil {
			return found, fmt.Errorf("%d rows: %w", rows, err)
		}
		costs = append(costs, cost)
		fmt.Fprintf(os.Stderr, "bench: pane: %d rows: listed in %.2f s, %.1f MB of heap, window p99 %.2f ms\n", rows, cost.Seconds, cost.MB, cost.P99)
		name := fmt.Sprintf("%dk", rows/1000)
		found = append(found,
			explains("size_"+name+"_list_seconds", cost.Seconds, "s", fmt.Sprintf("median of %d, %d members", sizeLists, crowdMembers)),
			explains("size_"+name+"_heap_mb", cost.MB, "MB", "of Go's heap after collection, with what windows left behind"),
			explains("size_"+name+"_window_p99_ms", cost.P99, "ms", fmt.Sprintf("of %d windows, without handler and JSON", sizeWindows)))
		if rows == crowdPods {
			found = append(found, within(700, "row_bytes", cost.MB*1e6/float64(rows), "bytes", fmt.Sprintf("of Go's heap a row at %d rows over %d members, all in", rows, crowdMembers)))
		}
	}
	if len(costs) < len(sizeRows()) {
		return found, nil
	}
	// Linear or better: a row of the largest table costs no more than one of the table of 10,000, less fixed cost.
	few, many := costs[1], costs[len(costs)-1]
	growth := float64(many.Rows) / float64(few.Rows)
	return append(found,
		within(1.1, "size_time_growth", many.Seconds/few.Seconds/growth, "x", "of the time to list a row, from 10,000 rows to 300,000"),
		within(1.1, "size_heap_growth", many.MB/few.MB/growth, "x", "of the heap that a row takes, from 10,000 rows to 300,000")), nil
}

func (l *lab) cost(ctx context.Context, rows int) (sizeCost, error) {
	h, d, done, err := l.crowdedDesk(ctx, rows)
	if err != nil {
		return sizeCost{}, err
	}
	defer done()
	var took samples
	for range sizeLists {
		one, err := d.listOnce(ctx, h.pods, nil)
		if err != nil {
			return sizeCost{}, err
		}
		took = append(took, one.Seconds())
	}
	before := heap()
	v, _, err := d.list(ctx, d.members, len(d.members), nil)
	if err != nil {
		return sizeCost{}, err
	}
	defer v.Close()
	windows := windowTimes(v.Open(podKind()).Pane(), sizeWindows)
	return sizeCost{Rows: rows, Seconds: took.median(), MB: float64(heap()-before) / 1e6, P99: windows.p99()}, nil
}

// heap is what is in use of Go's heap once all garbage is gone, in bytes.
func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what had a finalizer
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
