package main

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

const lives = time.Minute // of every token and certificate

// source gives proofs that end every minute.
type source struct {
	issue func(until time.Time) (kubeconfig.Proof, error)
	early time.Duration // before its end a proof is replaced; 0: only when the cluster refuses it
	given *atomic.Int64

	mu      sync.Mutex
	current kubeconfig.Proof
}

var _ fleet.Source = (*source)(nil)

// Proof is one refresher for all who ask, as the program's own sources are.
func (s *source) Proof(_ context.Context, stale kubeconfig.Proof) (kubeconfig.Proof, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	refused := !stale.Empty() && stale.Equal(s.current)
	ending := s.early > 0 && time.Until(s.current.Expires) < s.early
	if s.current.Empty() || refused || ending {
		proof, err := s.issue(time.Now().Add(lives))
		if err != nil {
			return kubeconfig.Proof{}, err
		}
		s.current = proof
		s.given.Add(1)
	}
	return s.current, nil
}
