package tables

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// Kind is what a table is of.
type Kind struct {
	Key             string // "pods", "deployments.apps"
	Group, Resource string
	Namespaced      bool
}

// Member is what there is to know of a member.
type Member struct {
	ID, Name   string
	Connected  bool     // else it isn't asked; its rows stay
	Connection string   // another one makes everything be listed anew
	All        bool     // it gives the names of its namespaces
	Namespaces []string // to look in where the list over all is refused, the best first
	// Serves gives the version to ask for a kind in, and whether it is served at all; known is false as long as the member hasn't told.
	// It is called under a lock: it must be quick, and call nothing here.
	Serves func(key string) (version string, served, known bool)
}

// Tables keeps those tables live that somebody looks at.
type Tables struct {
	options  Options
	decoders turns
	bell     *bell
	begin    func() (context.Context, context.CancelFunc) // a feed's life
	stop     context.CancelFunc
	work     sync.WaitGroup

	mu      sync.Mutex
	closed  bool
	members []Member
	tables  map[string]*Table
}

// New makes Tables without a table and without a member. The caller closes it.
func New(o Options) *Tables {
	ctx, cancel := context.WithCancel(context.Background()) //nolint:forbidigo // the feeds' life begins here and ends with Close
	t := &Tables{
		options: o.withDefaults(), stop: cancel, tables: map[string]*Table{},
		begin: func() (context.Context, context.CancelFunc) { return context.WithCancel(ctx) },
	}
	t.decoders = make(turns, t.options.Limits.Decoders)
	t.bell = newBell(t.options.Changed, t.options.Timing.Ring)
	t.work.Go(func() { t.bell.run(ctx) })
	t.work.Go(func() { t.tidy(ctx) })
	return t
}

// Close ends all tables and waits for everything.
func (t *Tables) Close() {
	t.mu.Lock()
	t.closed = true
	for _, table := range t.tables {
		t.end(table)
	}
	t.mu.Unlock()
	t.stop()
	t.work.Wait()
}

// SetMembers makes these the members, and returns at once. What is no longer there leaves every table with its rows before that.
func (t *Tables) SetMembers(members []Member) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return
	}
	t.members = slices.Clone(members)
	for _, table := range t.tables {
		t.reconcile(table)
	}
}

// Open gives the kind's table, and starts it if need be. It counts as use: what isn't used for a while ends.
func (t *Tables) Open(k Kind) *Table {
	t.mu.Lock()
	defer t.mu.Unlock()
	table := t.tables[k.Key]
	if table == nil {
		table = t.make(k)
	}
	table.used = time.Now()
	return table
}

func (t *Tables) make(k Kind) *Table {
	ring := func() { t.bell.ring(k.Key) }
	table := &Table{
		tables: t, kind: k, ring: ring, seats: map[string]*seat{}, used: time.Now(),
		pane: pane.New(pane.Options{Limit: t.options.Limits.Rows, Changed: ring}),
	}
	if t.closed {
		return table
	}
	t.tables[k.Key] = table
	t.reconcile(table)
	t.trim()
	return table
}

// Loaded are the tables that are live, by key. It doesn't count as use.
func (t *Tables) Loaded() []*Table {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.SortedFunc(maps.Values(t.tables), func(a, b *Table) int { return cmp.Compare(a.kind.Key, b.kind.Key) })
}

// reconcile gives each member its seat, and takes those of others. The caller holds mu.
func (t *Tables) reconcile(table *Table) {
	gone := maps.Clone(table.seats)
	for i := range t.members {
		m := &t.members[i]
		delete(gone, m.ID)
		t.place(table, m)
	}
	for id, s := range gone {
		delete(table.seats, id)
		s.leave()
	}
}

// place gives a member what it should have in a table: no feed, the one that it has, or a new one. The caller holds mu.
func (t *Tables) place(table *Table, m *Member) {
	store := table.pane.Member(m.ID, m.Name)
	s := table.seats[m.ID]
	if s == nil {
		s = &seat{store: store, ring: table.ring, now: time.Now, idle: partStatus{state: Waiting, why: whyWaiting}}
		table.seats[m.ID] = s
	}
	version, served, known := m.Serves(table.kind.Key)
	switch {
	case !m.Connected:
		s.rest(Waiting, whyWaiting)
	case !known:
		s.rest(Waiting, whyUnknown)
	case !served:
		s.rest(Missing, whyUnserved)
	case !s.suits(m, version):
		t.feed(table, s, m, version)
	}
}

// feed starts a feed, which takes the place of the one before. The caller holds mu.
func (t *Tables) feed(table *Table, s *seat, m *Member, version string) {
	ctx, stop := t.begin()
	f := &feed{
		options: &t.options, kind: table.kind, member: *m, version: version, seat: s, decoders: t.decoders, stop: stop, arrives: table.arrives,
		lists: make(turns, t.options.Limits.Parallel), writing: make(turns, 1),
	}
	s.install(f)
	t.work.Go(func() {
		defer stop()
		f.run(ctx)
	})
}

// end takes a table out. Who still holds it keeps its last rows. The caller holds mu.
func (t *Tables) end(table *Table) {
	delete(t.tables, table.kind.Key)
	for _, s := range table.seats {
		s.rest(Waiting, "")
	}
}
