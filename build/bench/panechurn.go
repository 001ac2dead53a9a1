package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"os"
	"time"

	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/pane"
)

const (
	churnRate   = 1000 // changes a second, over all members
	churnSettle = 10 * time.Second
)

// paneChurn keeps a table live while 1,000 pods a second change. Each doorbell is answered with a window, as by a page. What a change
// takes is told by pods in the window that are deleted at their member: from before the request until a window without the row.
func paneChurn(ctx context.Context, l *lab) ([]figure, error) {
	h, d, done, err := l.crowdedDesk(ctx, l.pods)
	if err != nil {
		return nil, err
	}
	defer done()
	v, _, err := d.list(ctx, d.members, len(d.members), nil)
	if err != nil {
		return nil, err
	}
	defer v.Close()
	if err := h.churn(churnRate); err != nil {
		return nil, err
	}
	w := &watcher{desk: d, live: v}
	if err := w.watch(ctx, churnSettle); err != nil { // all buffers have found their size
		return nil, err
	}
	before, rows := heap(), v.Open(podKind()).Pane().Rows()
	w.windows, w.seen = nil, nil
	rings, began := v.rings.Load(), time.Now()
	err = w.watch(ctx, l.churnFor)
	took := time.Since(began).Seconds()
	if err = errors.Join(err, h.churn(0)); err != nil {
		return nil, err
	}
	bells := float64(v.rings.Load()-rings) / took
	after := heap()
	drift := 100 * math.Abs(float64(after-before)) / float64(before)
	how := fmt.Sprintf("%d changes/s over %d members for %.0f s", churnRate, crowdMembers, took)
	return []figure{
		within(10, "churn_doorbells_per_second", bells, "/s", how),
		within(5, "churn_heap_drift_percent", drift, "%", fmt.Sprintf("of Go's heap, both ways, collected; %.1f MB and %d rows at first, then %.1f MB and %d rows",
			float64(before)/1e6, rows, float64(after)/1e6, v.Open(podKind()).Pane().Rows())),
		within(300, "churn_visible_p99_ms", w.seen.p99(), "ms",
			fmt.Sprintf("%d pods deleted at their member until a window shows it; median %.0f ms", len(w.seen), w.seen.median())),
		explains("churn_window_p99_ms", w.windows.p99(), "ms", fmt.Sprintf("of %d windows meanwhile, sorted by what changes; median %.1f ms", len(w.windows), w.windows.median())),
	}, nil
}

// watcher looks at the first rows of a table.
type watcher struct {
	desk *desk
	live *live

	windows samples // ms that each took
	seen    samples // ms until each deletion showed
}

// watch looks for so long, and deletes a row that it sees a few times a second.
func (w *watcher) watch(ctx context.Context, d time.Duration) error {
	fmt.Fprintf(os.Stderr, "bench: pane: watching changes for %.0f s\n", d.Seconds())
	ctx, cancel := context.WithTimeout(ctx, d+patience)
	defer cancel()
	rows := w.look()
	for end := time.Now().Add(d); time.Now().Before(end); {
		if len(rows) == 0 {
			return errors.New("there are no rows")
		}
		victim := rows[rand.IntN(len(rows))]
		began := time.Now()
		sent := make(chan error, 1)
		go func() { sent <- w.desk.remove(ctx, victim) }()
		for gone := false; !gone; {
			select {
			case <-w.live.rung:
				_, there := w.live.Open(podKind()).Pane().Lookup(victim.Key)
				rows = w.look() // what was gone before isn't in it; others may have taken the row's place without that
				gone = !there
			case <-ctx.Done():
				return fmt.Errorf("%s was deleted and still shows: %w", victim.Name, ctx.Err())
			}
		}
		w.seen = append(w.seen, ms(time.Since(began)))
		if err := <-sent; err != nil {
			return err
		}
		// Out of step with the doorbells: a deletion right after one would always meet the same wait.
		if err := w.rest(ctx, 50*time.Millisecond+rand.N(200*time.Millisecond), &rows); err != nil {
			return err
		}
	}
	return nil
}

// rest answers doorbells and does nothing else.
func (w *watcher) rest(ctx context.Context, d time.Duration, rows *[]pane.Row) error {
	over := time.NewTimer(d)
	defer over.Stop()
	for {
		select {
		case <-w.live.rung:
			*rows = w.look()
		case <-over.C:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// look asks for a window sorted by what changes most, and gives its rows.
func (w *watcher) look() []pane.Row {
	began := time.Now()
	found := w.live.Open(podKind()).Pane().Window(pane.Query{Sort: "c:Restarts", Desc: true, Limit: windowRows})
	w.windows = append(w.windows, ms(time.Since(began)))
	return found.Rows
}

// remove deletes a row's pod at its member. Churn may have been first.
func (d *desk) remove(ctx context.Context, r pane.Row) error {
	client, err := d.fleet.Client(r.Member)
	if err != nil {
		return err
	}
	return removePod(ctx, client, r.Namespace, r.Name)
}

func removePod(ctx context.Context, client *fleet.Client, namespace, name string) error {
	_, err := client.Send(ctx, fleet.Request{Method: http.MethodDelete, Path: "/api/v1/namespaces/" + namespace + "/pods/" + name})
	if err != nil {
		return fmt.Errorf("delete %s: %w", name, err)
	}
	return nil
}
