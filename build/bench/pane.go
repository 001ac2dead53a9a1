package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

const (
	crowdMembers = 20
	crowdPods    = 100_000 // of all of them together, unless the flags say another number
	paneLimit    = 8 * time.Minute
)

// paneFigures measure the merged table of 20 simulated members' pods, from their wire to a window. Each part takes its own herd
// and leaves nothing behind, so that one that fails doesn't spoil the rest.
func paneFigures(ctx context.Context, l *lab) ([]figure, error) {
	limit := paneLimit
	if l.churnFor > limit/4 {
		limit += l.churnFor
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var all []figure
	var failed []error
	for _, part := range []measure{
		{"lists", listing}, {"black hole", blackHole}, {"windows", paneWindows}, {"sizes", sizes}, {"churn", paneChurn},
	} {
		began := time.Now()
		found, err := part.take(ctx, l)
		if err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", part.name, err))
		}
		all = append(all, found...)
		fmt.Fprintf(os.Stderr, "bench: pane: %s took %.0f s\n", part.name, time.Since(began).Seconds())
		if ctx.Err() != nil {
			break
		}
	}
	return all, errors.Join(failed...)
}

// crowdedDesk starts a herd and a desk that is connected to it. The caller calls the last result.
func (l *lab) crowdedDesk(ctx context.Context, pods int) (*herd, *desk, func(), error) {
	h, err := l.newHerd(ctx, crowdMembers, pods)
	if err != nil {
		return nil, nil, nil, err
	}
	d, err := newDesk(ctx, h)
	if err != nil {
		h.close()
		return nil, nil, nil, err
	}
	done := func() { d.close(); h.close() }
	if h.pods, err = d.pods(ctx); err != nil {
		done()
		return nil, nil, nil, err
	}
	return h, d, done, nil
}
