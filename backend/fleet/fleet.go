package fleet

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"
)

// Fleet is the connected members. Make it with New, end it with Close.
type Fleet struct {
	o Options

	wg   sync.WaitGroup
	done chan struct{} // closed by Close

	mu       sync.Mutex
	closed   bool
	watching bool // this machine is watched
	members  map[string]*member
}

// New makes an empty fleet; it starts nothing before the first Set.
func New(o Options) *Fleet {
	o.Timing = o.Timing.withDefaults()
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Changed == nil {
		o.Changed = func(string) {}
	}
	if o.clock == nil {
		o.clock = read
	}
	if o.outlook == nil {
		o.outlook = outlook
	}
	return &Fleet{o: o, done: make(chan struct{}), members: map[string]*member{}}
}

// Set makes the fleet consist of members: it starts those that are new or switched on, stops those that are gone or off, and
// starts anew those whose endpoint changed. The others go on undisturbed. Of two with one id the first counts.
func (f *Fleet) Set(members []Member) {
	want := make(map[string]Member, len(members))
	for _, m := range members {
		if _, twice := want[m.ID]; !twice && m.ID != "" && !m.Off {
			want[m.ID] = m
		}
	}
	var changed []string
	var gone []*member

	f.mu.Lock()
	if f.closed {
		f.mu.Unlock()
		return
	}
	for id, old := range f.members {
		if _, stays := want[id]; !stays {
			delete(f.members, id)
			gone, changed = append(gone, old), append(changed, id)
		}
	}
	for id, m := range want {
		old := f.members[id]
		if old != nil && old.spec.Endpoint == m.Endpoint {
			continue
		}
		status := Status{ID: id, Facts: m.Known, Seen: m.Seen}
		if old != nil {
			gone = append(gone, old)
			status = Status{ID: id} // another endpoint may be another cluster: what is known of the old one says nothing
		}
		f.start(m, status, false)
		changed = append(changed, id)
	}
	f.watchMachine()
	f.mu.Unlock()

	f.settle(gone, changed)
}

// Renew tells that the member's credential changed: it connects anew with what the vault has now, and asks for its Source again.
func (f *Fleet) Renew(id string) {
	f.mu.Lock()
	old := f.members[id]
	if old == nil || f.closed {
		f.mu.Unlock()
		return
	}
	f.start(old.spec, old.status, true)
	f.mu.Unlock()

	f.settle([]*member{old}, []string{id})
}

// RenewAll tells that a session came back or a program was allowed: every member with a Source that isn't ready asks it again
// at once. The others go on undisturbed.
func (f *Fleet) RenewAll() {
	for _, m := range f.all(func(m *member) bool { return m.sourced && m.status.State != StateReady }) {
		m.poke(false)
	}
}

// Retry contacts the members at once and starts their back-off anew; without ids, all of them.
func (f *Fleet) Retry(ids ...string) {
	for _, m := range f.all(func(m *member) bool { return len(ids) == 0 || slices.Contains(ids, m.spec.ID) }) {
		m.poke(false)
	}
}

// all are the members that match.
func (f *Fleet) all(match func(*member) bool) []*member {
	f.mu.Lock()
	defer f.mu.Unlock()
	var found []*member
	for _, m := range f.members {
		if match(m) {
			found = append(found, m)
		}
	}
	return found
}

// Status is the member's, or one in StateRemoved and false.
func (f *Fleet) Status(id string) (Status, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	m := f.members[id]
	if m == nil {
		return Status{ID: id, State: StateRemoved}, false
	}
	return m.status.copied(), true
}

// Statuses are those of all members, by id.
func (f *Fleet) Statuses() map[string]Status {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := make(map[string]Status, len(f.members))
	for id, m := range f.members {
		all[id] = m.status.copied()
	}
	return all
}

// Client is the member's connection, whatever its state, once its credential passed the checks; ErrNotMember or ErrNoClient
// else. The fleet closes it when the member is dropped, replaced or renewed: ask again rather than keep it.
func (f *Fleet) Client(id string) (*Client, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	m := f.members[id]
	switch {
	case m == nil:
		return nil, ErrNotMember
	case m.client == nil:
		return nil, ErrNoClient
	}
	return m.client, nil
}

// Close stops everything and waits for it. The fleet is of no use after.
func (f *Fleet) Close() {
	f.mu.Lock()
	if !f.closed {
		f.closed = true
		close(f.done)
	}
	gone := make([]*member, 0, len(f.members))
	for _, m := range f.members {
		gone = append(gone, m)
	}
	clear(f.members)
	f.mu.Unlock()

	f.settle(gone, nil)
	f.wg.Wait()
}

// start puts a new member in the place of id; the caller holds mu.
func (f *Fleet) start(spec Member, status Status, asked bool) {
	status.State, status.Since, status.Cause = StateConnecting, time.Now(), ""
	status.NextTry, status.Proposed, status.Action = time.Time{}, nil, ActionNone
	ctx, cancel := context.WithCancel(context.Background()) //nolint:forbidigo // a member's life begins here and ends with stop
	m := &member{fleet: f, spec: spec, status: status, cancel: cancel, kick: make(chan struct{}, 1), look: make(chan struct{}, 1), asked: asked}
	f.members[spec.ID] = m
	f.wg.Go(func() { m.run(ctx) })
}

// settle stops the members that were taken out and rings for those that changed, under no lock.
func (f *Fleet) settle(gone []*member, changed []string) {
	for _, m := range gone {
		m.stop()
	}
	for _, id := range changed {
		f.o.Changed(id)
	}
}

// update changes m's status and rings, unless m was replaced or dropped meanwhile.
func (f *Fleet) update(m *member, change func(*Status)) {
	f.mu.Lock()
	if f.members[m.spec.ID] != m {
		f.mu.Unlock()
		return
	}
	before := m.status.State
	change(&m.status)
	if m.status.State != before {
		m.status.Since = time.Now()
	}
	f.mu.Unlock()
	f.o.Changed(m.spec.ID)
}

func (s Status) copied() Status {
	s.Facts.Groups = slices.Clone(s.Facts.Groups)
	a := &s.Facts.Access
	a.Namespaces, a.Sources, a.Missing, a.Succeeded = slices.Clone(a.Namespaces), slices.Clone(a.Sources), slices.Clone(a.Missing), slices.Clone(a.Succeeded)
	if s.Proposed != nil {
		p := *s.Proposed
		s.Proposed = &p
	}
	return s
}
