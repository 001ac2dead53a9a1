package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/binnacle-dev/binnacle/backend/tables"
)

const (
	holeRounds  = 7
	holeWindows = 200
)

// blackHole lists 19 members, and the same 19 beside one that takes requests and never answers, in turn. The ratio is of the
// times to the 19's complete window, or that of windows' p99 afterwards, whichever is worse.
func blackHole(ctx context.Context, l *lab) ([]figure, error) {
	h, d, done, err := l.crowdedDesk(ctx, l.pods)
	if err != nil {
		return nil, err
	}
	defer done()
	last := len(d.members) - 1
	well := d.members[:last]
	if _, _, err := d.beside(ctx, well, last); err != nil { // the caches of both ends
		return nil, err
	}
	var without, with, calm, troubled samples
	for n := range holeRounds {
		take := func(members []tables.Member, times, windows *samples) error {
			took, p99, err := d.beside(ctx, members, last)
			*times, *windows = append(*times, took.Seconds()), append(*windows, p99)
			return err
		}
		holed := func() error {
			if err := h.hole(h.members[last].Name, true); err != nil {
				return err
			}
			err := take(d.members, &with, &troubled)
			if off := h.hole(h.members[last].Name, false); err == nil {
				err = off
			}
			return err
		}
		order := []func() error{func() error { return take(well, &without, &calm) }, holed}
		if n%2 == 1 {
			order[0], order[1] = order[1], order[0]
		}
		for _, one := range order {
			if err := one(); err != nil {
				return nil, err
			}
		}
		fmt.Fprintf(os.Stderr, "bench: pane: round %d of %d: without the black hole %.2f s, with it %.2f s\n", n+1, holeRounds, without[n], with[n])
	}
	listed, windows := with.median()/without.median(), troubled.median()/calm.median()
	return []figure{
		within(1.05, "black_hole_ratio", listed, "x", fmt.Sprintf("%d members' complete window with one more that never answers, to without", last)),
		explains("black_hole_window_ratio", windows, "x", fmt.Sprintf("p99 of windows meanwhile: %.2f ms to %.2f ms, medians of %d", troubled.median(), calm.median(), holeRounds)),
		explains("black_hole_list_seconds", with.median(), "s", with.String()),
		explains("no_black_hole_list_seconds", without.median(), "s", without.String()),
	}, nil
}

// beside lists the members until so many are live, and gives how long that took and the p99 of windows in ms right after.
func (d *desk) beside(ctx context.Context, members []tables.Member, whole int) (time.Duration, float64, error) {
	v, took, err := d.list(ctx, members, whole, nil)
	if err != nil {
		return 0, 0, err
	}
	defer v.Close()
	return took, windowTimes(v.Open(podKind()).Pane(), holeWindows).p99(), nil
}
