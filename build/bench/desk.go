package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/pane"
	"github.com/binnacle-dev/binnacle/backend/tables"
)

// desk is what of the program is between the clusters and the page: a fleet that is connected, tables and pane, put together as
// package console does it.
type desk struct {
	fleet   *fleet.Fleet
	members []tables.Member
}

// newDesk connects all members of the herd and learns what they serve. The caller closes it.
func newDesk(ctx context.Context, h *herd) (*desk, error) {
	vault, all, err := h.vault()
	if err != nil {
		return nil, err
	}
	d := &desk{}
	if d.fleet, err = ready(ctx, vault, all, len(all), true); err != nil {
		return nil, err
	}
	for _, m := range all {
		kinds, err := d.kinds(ctx, m.ID)
		if err != nil {
			d.fleet.Close()
			return nil, err
		}
		d.members = append(d.members, tables.Member{ID: m.ID, Name: m.ID, Connected: true, Connection: "1", All: true, Serves: serves(kinds)})
	}
	return d, nil
}

func (d *desk) close() { d.fleet.Close() }

// pods counts those of all members.
func (d *desk) pods(ctx context.Context) (int, error) {
	count := 0
	for _, m := range d.members {
		client, err := d.fleet.Client(m.ID)
		if err != nil {
			return 0, err
		}
		var page struct {
			Metadata struct{ RemainingItemCount int }
			Items    []struct{}
		}
		if err := client.Get(ctx, "/api/v1/pods?limit=1", &page); err != nil {
			return 0, fmt.Errorf("count the pods of %s: %w", m.ID, err)
		}
		count += page.Metadata.RemainingItemCount + len(page.Items)
	}
	return count, nil
}

// kinds waits until the fleet knows them.
func (d *desk) kinds(ctx context.Context, id string) ([]fleet.Kind, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		if kinds, known := d.fleet.Kinds(id); known {
			return kinds, nil
		}
		if err := sleep(ctx, 20*time.Millisecond); err != nil {
			return nil, fmt.Errorf("%s doesn't tell what it serves: %w", id, err)
		}
	}
}

// serves is for kinds of the core group.
func serves(kinds []fleet.Kind) func(string) (string, bool, bool) {
	versions := map[string]string{}
	for _, k := range kinds {
		if k.Group == "" {
			versions[k.Resource] = k.Version
		}
	}
	return func(key string) (string, bool, bool) {
		version, served := versions[key]
		return version, served, true
	}
}

// asked is what was read of each member: paths in order, of lists only.
type asked struct {
	mu    sync.Mutex
	lists map[string][]request
}

type request struct{ path, accept string }

// noting notes what a member is asked for.
type noting struct {
	tables.Requests

	id string
	in *asked
}

func (n noting) Stream(ctx context.Context, path, accept string) (io.ReadCloser, error) {
	if !strings.Contains(path, "watch=") && ctx.Err() == nil {
		n.in.mu.Lock()
		n.in.lists[n.id] = append(n.in.lists[n.id], request{path, accept})
		n.in.mu.Unlock()
	}
	return n.Requests.Stream(ctx, path, accept)
}

// live is a table that is kept.
type live struct {
	*tables.Tables

	rung  chan struct{} // holds one
	rings atomic.Int64
}

func podKind() tables.Kind { return tables.Kind{Key: "pods", Resource: "pods", Namespaced: true} }

// list opens the table of these members' pods and waits, as the page does, for the window with which so many of them are live.
// The caller closes what it gets.
func (d *desk) list(ctx context.Context, members []tables.Member, whole int, note *asked) (*live, time.Duration, error) {
	v := &live{rung: make(chan struct{}, 1)}
	began := time.Now()
	v.Tables = tables.New(tables.Options{
		Requests: func(id string) (tables.Requests, error) {
			client, err := d.fleet.Client(id)
			if err != nil || note == nil {
				return client, err
			}
			return noting{client, id, note}, nil
		},
		Changed: func(string) {
			v.rings.Add(1)
			select {
			case v.rung <- struct{}{}:
			default:
			}
		},
		Tried: d.fleet.Tried,
	})
	v.SetMembers(members)
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		table := v.Open(podKind())
		table.Pane().Window(pane.Query{Limit: 100})
		liveNow := 0
		for _, m := range table.Members() {
			if m.State == tables.Live {
				liveNow++
			}
		}
		if liveNow >= whole {
			return v, time.Since(began), nil
		}
		select {
		case <-v.rung:
		case <-ctx.Done():
			v.Close()
			return nil, 0, fmt.Errorf("%d of %d members are listed: %w", liveNow, whole, ctx.Err())
		}
	}
}

// discard reads the same bodies with the same clients and throws them away.
func (d *desk) discard(ctx context.Context, of *asked) (time.Duration, error) {
	errs := make(chan error, len(of.lists))
	began := time.Now()
	for id, lists := range of.lists {
		go func() { errs <- d.discardOne(ctx, id, lists) }()
	}
	var failed error
	for range of.lists {
		if err := <-errs; err != nil {
			failed = err
		}
	}
	return time.Since(began), failed
}

func (d *desk) discardOne(ctx context.Context, id string, lists []request) error {
	client, err := d.fleet.Client(id)
	if err != nil {
		return err
	}
	for _, l := range lists {
		body, err := client.Stream(ctx, l.path, l.accept)
		if err != nil {
			return fmt.Errorf("read %s of %s: %w", l.path, id, err)
		}
		_, err = io.Copy(io.Discard, body)
		_ = body.Close()
		if err != nil {
			return fmt.Errorf("read %s of %s: %w", l.path, id, err)
		}
	}
	return nil
}
