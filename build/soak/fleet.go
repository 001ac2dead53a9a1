package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// open makes the fleet. Its signs of life are frequent, so that a minute sees many.
func (h *house) open() *fleet.Fleet {
	return fleet.New(fleet.Options{
		Vault: h, UserAgent: "binnacle/soak", Cache: h,
		Timing: fleet.Timing{Heartbeat: 3 * time.Second, BackoffMax: 5 * time.Second, Refused: 5 * time.Second, Refresh: 20 * time.Second},
		Source: func(id string, _ kubeconfig.Credential) (fleet.Source, error) { return h.sources[id], nil },
	})
}

// Credential makes the house a fleet.Vault.
func (h *house) Credential(_ context.Context, id string) (kubeconfig.Credential, error) {
	return h.held[id], nil
}

// Load and Save make it a fleet.Cache.
func (h *house) Load(key string) ([]byte, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	b, ok := h.cache[key]
	return b, ok
}

// Save keeps.
func (h *house) Save(key string, b []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.cache[key] = b
}

// settle waits until every member is in the state that is true.
func (h *house) settle(ctx context.Context, f *fleet.Fleet) error {
	f.Set(h.members)
	var wrong error
	for began := time.Now(); time.Since(began) < 30*time.Second && ctx.Err() == nil; time.Sleep(100 * time.Millisecond) {
		if wrong = h.wrong(f); wrong == nil {
			return nil
		}
	}
	return wrong
}

// steady wants them to stay there for a while in which tokens end.
func (h *house) steady(ctx context.Context, f *fleet.Fleet) error {
	for began := time.Now(); time.Since(began) < 20*time.Second && ctx.Err() == nil; time.Sleep(100 * time.Millisecond) {
		if err := h.wrong(f); err != nil {
			return fmt.Errorf("after %v of rest: %w", time.Since(began), err)
		}
	}
	return nil
}

// wrong names the members that aren't in the state that is true.
func (h *house) wrong(f *fleet.Fleet) error {
	var wrong []error
	statuses := f.Statuses()
	for _, m := range h.members {
		s, want := statuses[m.ID], fleet.StateReady
		if h.who[m.ID] == "" {
			want = fleet.StateUnreachable
		}
		if s.State != want || want == fleet.StateReady && !strings.HasSuffix(s.Facts.Identity, h.who[m.ID]) {
			wrong = append(wrong, fmt.Errorf("%s is %s as %q (%s), want %s", m.ID, s.State, s.Facts.Identity, s.Cause, want))
		}
	}
	return errors.Join(wrong...)
}
