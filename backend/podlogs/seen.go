package podlogs

import (
	"maps"
	"time"
)

// maxSeen bounds what is remembered of one source, for one that writes as fast as it can.
const maxSeen = 8192

// seen is where a source was read to, so that a stream that broke goes on without a line lost or doubled. API servers take
// the time to go on from in whole seconds, so the whole newest second comes again; it is known by each line's own identity,
// because lines may bear the same time, and those of two streams of one container may be a little out of order.
type seen struct {
	second time.Time      // the newest; zero: nothing came yet
	lines  map[uint64]int // how often each came in it
	many   bool           // more came than are remembered
	newest time.Time      // among them; where many is set, older ones count as seen
}

// add notes a line that came for the first time.
func (s *seen) add(r record) {
	if second := r.time.Truncate(time.Second); s.lines == nil || second.After(s.second) {
		s.second, s.lines, s.many = second, map[uint64]int{}, false
	}
	if r.time.After(s.newest) {
		s.newest = r.time
	}
	if len(s.lines) >= maxSeen {
		clear(s.lines)
		s.many = true
	}
	if r.time.IsZero() || !r.time.Before(s.second) {
		s.lines[r.id]++
	}
}

// again answers, for the lines of a new stream in turn, which of them came before. It is for one stream, and add may be
// called meanwhile.
func (s *seen) again() func(record) bool {
	second, newest, many, left := s.second, s.newest, s.many, maps.Clone(s.lines)
	return func(r record) bool {
		if n := left[r.id]; n > 0 {
			left[r.id] = n - 1
			return true
		}
		return !second.IsZero() && !r.time.IsZero() && (r.time.Before(second) || (many && r.time.Before(newest)))
	}
}
