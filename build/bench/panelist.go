package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"time"
)

const listRounds = 5

// listing times 20 members of 5,000 pods each until the first complete window, in units of reading and discarding the same
// bodies, and of kubectl for the same members side by side.
func listing(ctx context.Context, l *lab) ([]figure, error) {
	h, d, done, err := l.crowdedDesk(ctx, l.pods)
	if err != nil {
		return nil, err
	}
	defer done()
	bodies := &asked{lists: map[string][]request{}}
	ours := func(ctx context.Context) (time.Duration, error) { return d.listOnce(ctx, h.pods, nil) }
	if _, err := d.listOnce(ctx, h.pods, bodies); err != nil { // the caches of both ends
		return nil, err
	}
	if _, err := l.kubectl(ctx, h, "get", "namespaces"); err != nil { // its discovery cache
		return nil, err
	}
	var table, wire, kubectl samples
	for n := range listRounds { // in turn, so that a busy machine slows all
		for _, series := range []struct {
			into *samples
			take func(context.Context) (time.Duration, error)
		}{
			{&wire, func(ctx context.Context) (time.Duration, error) { return d.discard(ctx, bodies) }},
			{&table, ours},
			{&kubectl, func(ctx context.Context) (time.Duration, error) { return l.kubectl(ctx, h, "get", "pods", "-A") }},
		} {
			took, err := series.take(ctx)
			if err != nil {
				return nil, err
			}
			*series.into = append(*series.into, took.Seconds())
		}
		fmt.Fprintf(os.Stderr, "bench: pane: round %d of %d: discard %.2f s, table %.2f s, kubectl %.2f s\n",
			n+1, listRounds, wire[n], table[n], kubectl[n])
	}
	how := fmt.Sprintf("%d pods of %d members to the first complete window, to ", h.pods, crowdMembers)
	return []figure{
		within(1.3, "list_wire_ratio", table.median()/wire.median(), "x", how+"wire_seconds"),
		within(0.5, "list_kubectl_ratio", table.median()/kubectl.median(), "x", how+"kubectl_seconds"),
		explains("list_seconds", table.median(), "s", table.String()+"; the members share the cores"),
		explains("wire_seconds", wire.median(), "s", wire.String()+"; the same bodies by the same clients, read and discarded"),
		explains("kubectl_seconds", kubectl.median(), "s", kubectl.String()+"; kubectl get pods -A for all members side by side"),
	}, nil
}

// listOnce lists into a new table and forgets it. All rows must have come.
func (d *desk) listOnce(ctx context.Context, rows int, note *asked) (time.Duration, error) {
	v, took, err := d.list(ctx, d.members, len(d.members), note)
	if err != nil {
		return 0, err
	}
	defer v.Close()
	if got := v.Open(podKind()).Pane().Rows(); got != rows {
		return 0, fmt.Errorf("%d rows came of %d", got, rows)
	}
	return took, nil
}

// kubectl asks all members for something, a process for each, all side by side.
func (l *lab) kubectl(ctx context.Context, h *herd, words ...string) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*patience)
	defer cancel()
	errs := make([]error, len(h.members))
	var running sync.WaitGroup
	began := time.Now()
	for i, m := range h.members {
		running.Go(func() {
			// What it prints goes to the null device, the cheapest of terminals.
			errs[i] = exec.CommandContext(ctx, l.kube, append([]string{"kubectl", "--kubeconfig", m.Kubeconfig}, words...)...).Run()
		})
	}
	running.Wait()
	for i, err := range errs {
		if err != nil {
			return 0, fmt.Errorf("kubectl for %s: %w", h.members[i].Name, err)
		}
	}
	return time.Since(began), nil
}
