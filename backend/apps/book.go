package apps

import (
	"context"
	"slices"
	"sync"
	"time"
)

const (
	pace    = time.Minute     // from one reading of a member to the next
	patient = 2 * time.Minute // after the last Apps nobody looks any more
)

// Options are what a Book works with.
type Options struct {
	Members func() []Member // in their order
	// Requests is asked anew for every reading; an error is one of a member that isn't connected.
	Requests func(member string) (Requests, error)
	// Changed is called when Apps has news, from several goroutines, without any lock held.
	Changed func()
}

// Book is the applications of the fleet, as far as somebody looks at them.
type Book struct {
	options  Options
	wake     chan struct{}
	decoding turns
	stop     context.CancelFunc
	over     chan struct{}

	mu     sync.Mutex
	asked  time.Time // by Apps or Refresh; zero: never
	again  bool      // by Refresh
	seats  map[string]*seat
	order  []string // of seats
	merged []App    // of seats; nil: to be merged anew
}

// seat is one member in the Book. Its fields are guarded by Book.mu.
type seat struct {
	ready     bool               // connected, and told what it serves
	cancel    context.CancelFunc // of the reading under way; nil: there is none
	ended     time.Time          // when it was read last; zero: never, or not since it was connected again
	state     State
	missing   []string
	instances []Instance
	told      time.Time // when a reading ended last
	read      bool      // something could be read, and is shown
	records   map[string]Instance
}

// New makes a Book that reads nothing until Apps is called, and ends with ctx or Close.
func New(ctx context.Context, o Options) *Book {
	ctx, stop := context.WithCancel(ctx)
	b := &Book{
		options: o, wake: make(chan struct{}, 1), decoding: make(turns, decodings), stop: stop, over: make(chan struct{}), seats: map[string]*seat{},
	}
	go b.run(ctx)
	return b
}

// Close ends all readings and waits for them.
func (b *Book) Close() {
	b.stop()
	<-b.over
}

// Reset forgets everything, as if Apps was never called.
func (b *Book) Reset() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.seats {
		s.end()
	}
	b.seats, b.order, b.merged, b.asked, b.again = map[string]*seat{}, nil, nil, time.Time{}, false
}

// Apps is what is known now. Asking has the members read, now if they weren't, and then every minute as long as somebody asks.
func (b *Book) Apps() Apps {
	now := time.Now()
	b.mu.Lock()
	idle := now.Sub(b.asked) > patient
	b.asked = now
	out := b.snapshot()
	out.Reading = out.Reading || b.order == nil // it is about to begin
	b.mu.Unlock()
	if idle {
		b.Nudge()
	}
	return out
}

// Refresh reads the members now that aren't being read.
func (b *Book) Refresh() {
	b.mu.Lock()
	b.asked, b.again = time.Now(), true
	b.mu.Unlock()
	b.Nudge()
}

// Nudge says that members came, went, were connected or told what they serve. It is cheap.
func (b *Book) Nudge() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// snapshot needs b.mu.
func (b *Book) snapshot() Apps {
	var out Apps
	var all []Instance
	for _, id := range b.order {
		s := b.seats[id]
		out.Members = append(out.Members, Report{ID: id, State: s.state, Missing: s.missing})
		out.Reading = out.Reading || s.cancel != nil
		if s.told.After(out.Read) {
			out.Read = s.told
		}
		if b.merged == nil {
			all = append(all, s.instances...)
		}
	}
	if b.merged == nil {
		b.merged = merge(all)
	}
	out.Apps = slices.Clone(b.merged)
	return out
}

// run begins readings when they are due, and waits for all of them at the end.
func (b *Book) run(ctx context.Context) {
	defer close(b.over)
	var readings sync.WaitGroup
	defer readings.Wait()
	due := time.NewTimer(0)
	defer due.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-b.wake:
		case <-due.C:
		}
		begun, wait := b.begin(ctx, b.options.Members())
		for _, r := range begun {
			readings.Go(r)
		}
		due.Stop()
		if wait > 0 {
			due.Reset(wait)
		}
	}
}

// begin takes the members as they are now, and gives the readings that are due, and how long until one will be; 0 is never.
func (b *Book) begin(ctx context.Context, members []Member) (begun []func(), wait time.Duration) {
	now := time.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	if now.Sub(b.asked) > patient {
		return nil, 0
	}
	changed := b.seat(members)
	for _, m := range members {
		s := b.seats[m.ID]
		if !s.ready || s.cancel != nil {
			continue
		}
		if left := pace - now.Sub(s.ended); left > 0 && !b.again && !s.ended.IsZero() {
			if wait == 0 || left < wait {
				wait = left
			}
			continue
		}
		reading, cancel := context.WithCancel(ctx)
		s.cancel, changed = cancel, true
		if !s.read {
			s.state, s.missing = Reading, nil
		}
		begun = append(begun, func() {
			defer cancel()
			b.reading(reading, m, s)
		})
	}
	b.again = false
	if changed {
		begun = append(begun, b.options.Changed)
	}
	return begun, wait
}

// seat makes the seats those of the members, and says whether they changed. It needs b.mu.
func (b *Book) seat(members []Member) (changed bool) {
	order := make([]string, 0, len(members))
	seats := make(map[string]*seat, len(members))
	for _, m := range members {
		s := b.seats[m.ID]
		if s == nil {
			s = &seat{state: Waiting}
		}
		_, _, known := m.Serves("secrets")
		if ready := m.Connected && known; ready != s.ready {
			s.ready, changed = ready, true
			if ready {
				s.ended = time.Time{}
			} else {
				s.end()
				s.state, s.missing = Waiting, nil
			}
		}
		seats[m.ID], order = s, append(order, m.ID)
	}
	for id, s := range b.seats {
		if seats[id] == nil {
			s.end()
		}
	}
	if !slices.Equal(order, b.order) {
		b.merged, changed = nil, true
	}
	b.seats, b.order = seats, order
	return changed
}

// end gives up the reading under way, if there is one.
func (s *seat) end() {
	if s.cancel != nil {
		s.cancel()
		s.cancel = nil
	}
}
