package apps

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// reading reads one member and keeps what was found, unless its seat was given up meanwhile.
func (b *Book) reading(ctx context.Context, m Member, s *seat) {
	b.mu.Lock()
	known := s.records
	b.mu.Unlock()
	var result found
	requests, err := b.options.Requests(m.ID)
	if err == nil {
		r := &reader{member: m, requests: requests, slots: make(turns, memberRequests), decoding: b.decoding, known: known}
		result = r.all(ctx)
	}
	if ctx.Err() != nil {
		return // by seat.end, Reset or Close: what was found is of a connection that is no more
	}
	instances := result.fold()
	for i := range instances {
		instances[i].Member = m.ID
	}
	slices.SortFunc(instances, func(a, b Instance) int {
		return cmp.Or(cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Name, b.Name))
	})
	state, missing := reportOf(result.gaps)
	denied := !slices.ContainsFunc(result.gaps, func(g gap) bool { return g.err != nil })
	if err != nil {
		state, missing, denied = Failed, []string{"It isn't connected."}, false
	}
	b.mu.Lock()
	ours := s.cancel != nil && ctx.Err() == nil
	if ours {
		if s.keep(state, missing, denied) {
			s.instances, s.records = instances, result.records
		}
		b.merged = nil
	}
	b.mu.Unlock()
	if ours {
		b.options.Changed()
		b.Nudge() // for the next reading
	}
}

// keep takes what became of a reading, and says whether what it found counts. When a cluster that could be read doesn't answer, what was
// found before is likelier there than not; when it refuses, nobody should see it any more.
func (s *seat) keep(state State, missing []string, denied bool) bool {
	s.cancel, s.ended = nil, time.Now()
	s.told, s.state, s.missing = s.ended, state, missing
	if state == Failed && s.read && !denied {
		s.missing = append(missing, "What is shown was read earlier.")
		return false
	}
	s.read = state == Read
	return true
}
